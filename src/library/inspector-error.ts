/**
 * What was asked for could not be done; the message says why, and what to do. `code` is one of the control API's, or
 * `start.failed`, `start.timeout`, `wait.timeout`.
 */
export class InspectorError extends Error {
  override readonly name = "InspectorError";
  readonly code: string;
  readonly details: unknown;

  constructor(code: string, message: string, details: unknown = {}) {
    super(message);
    this.code = code;
    this.details = details;
  }
}
