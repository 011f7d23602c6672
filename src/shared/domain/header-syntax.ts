/** A token (RFC 9110, 5.6.2): header names and methods. */
export function isHeaderName(text: string): boolean {
  return /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(text);
}

/** What can stand in a header's line, one byte per character (RFC 9110, 5.5): no control characters but the tab. */
export function isHeaderValue(text: string): boolean {
  return !/[^\t\x20-\x7e\x80-\xff]/.test(text);
}
