/** Why bytes are no HTTP/1.1 answer, in words for the user. */
export const PROTOCOL_FAULTS = {
  "status-line": "its first line is no status line",
  "line-ending": "a line of its head does not end in CR LF",
  "header-line": "its head has a line that is no header",
  "head-length": "its head is longer than 64 KiB",
  "content-length": "its Content-Length is not one number",
  "two-framings": "it has both a Content-Length and a Transfer-Encoding",
} as const;

export type ProtocolFault = keyof typeof PROTOCOL_FAULTS;

/** The answer cannot be read: where its body ends, or that it is an answer at all, is anybody's guess. */
export class ProtocolError extends Error {
  readonly fault: ProtocolFault;

  constructor(fault: ProtocolFault) {
    super(PROTOCOL_FAULTS[fault]);
    this.fault = fault;
  }
}
