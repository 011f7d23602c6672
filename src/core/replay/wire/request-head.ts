import { isHeaderName, isHeaderValue } from "#shared/domain/header-syntax.ts";
import type { HeaderPairs } from "#shared/domain/headers.ts";
import { AppError } from "#shared/errors.ts";

/**
 * Request line and headers as they go out, one byte per character, each header in its case and place. Throws AppError
 * `input.invalid` for what would end a line or a word early.
 */
export function requestHead(method: string, requestTarget: string, headers: HeaderPairs): string {
  if (!isHeaderName(method) || /[^\x21-\xff]/.test(requestTarget)) throw notCarried();
  let head = `${method} ${requestTarget} HTTP/1.1\r\n`;
  for (const [name, value] of headers) {
    if (!isHeaderName(name) || !isHeaderValue(value)) throw notCarried();
    head += `${name}: ${value}\r\n`;
  }
  return `${head}\r\n`;
}

function notCarried(): AppError {
  return new AppError("input.invalid", "This delivery holds a method or a header that HTTP cannot carry.");
}
