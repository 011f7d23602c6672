/** The bytes of a standard base64 text. Throws DOMException where it is none. */
export function fromBase64(text: string): Uint8Array {
  // Ten times as fast where the browser has it (Chromium 140, Firefox 133, Safari 18.2).
  const decode = (Uint8Array as { fromBase64?: (text: string) => Uint8Array }).fromBase64;
  if (decode !== undefined) return decode.call(Uint8Array, text);
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}

/** Few enough arguments for one call. */
const CHUNK_BYTES = 0x8000;

/** Bytes as standard base64 text. */
export function toBase64(bytes: Uint8Array): string {
  const encode = (bytes as { toBase64?: () => string }).toBase64;
  if (encode !== undefined) return encode.call(bytes);
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES) {
    parts.push(String.fromCharCode(...bytes.subarray(at, at + CHUNK_BYTES)));
  }
  return btoa(parts.join(""));
}
