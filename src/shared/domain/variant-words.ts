import type { BodyVariant, JsonStyle, SecretVariant, SignatureAlgorithm, SignatureEncoding } from "./verification.ts";

export const JSON_STYLE_NAMES: Readonly<Record<JsonStyle, string>> = {
  compact: "JSON.stringify",
  "indented-2": "JSON.stringify with an indentation of two",
  "indented-4": "JSON.stringify with an indentation of four",
  python: "Python's json.dumps",
  php: "PHP's json_encode",
  "sorted-keys": "JSON.stringify with sorted keys",
};

export const BODY_WORDS: Readonly<Record<BodyVariant, { readonly title: string; readonly fits: string }>> = {
  trimmed: {
    title: "White space was added around the body after it was signed.",
    fits: "the body without the white space around it",
  },
  "newline-added": {
    title: "A newline at the end of the body was lost after it was signed.",
    fits: "the body with a newline after it",
  },
  "newline-removed": {
    title: "A newline was added to the body after it was signed.",
    fits: "the body without its last newline",
  },
  "crlf-to-lf": {
    title: "Line ends became CRLF after the body was signed.",
    fits: "the body with LF line ends",
  },
  "lf-to-crlf": {
    title: "Line ends became LF after the body was signed.",
    fits: "the body with CRLF line ends",
  },
  "bom-removed": {
    title: "A byte order mark was added to the body after it was signed.",
    fits: "the body without its byte order mark",
  },
  "bom-added": {
    title: "The byte order mark of the body was lost after it was signed.",
    fits: "the body with a UTF-8 byte order mark before it",
  },
  "latin1-to-utf8": {
    title: "The body was turned from UTF-8 into Latin-1 after it was signed.",
    fits: "the body in UTF-8",
  },
  "utf8-to-latin1": {
    title: "The body was encoded in UTF-8 once more after it was signed.",
    fits: "the body with one layer of UTF-8 taken off",
  },
};

/** To be read after "once it is read as". */
export const ENCODING_WORDS: Readonly<Record<SignatureEncoding, string>> = {
  base64: "base64",
  base64url: "URL-safe base64",
  uppercase: "hex digits in upper case",
  prefix: "a digest with its algorithm's name before it",
  whitespace: "text with white space around it",
};

/** To be read after "fits with". */
export const SECRET_WORDS: Readonly<Record<SecretVariant, string>> = {
  "prefix-cut-off": "the known secret without its prefix sig_sec_",
  "prefix-added": "the known secret with sig_sec_ before it",
  "trailing-newline": "the known secret and a newline after it, as a file or a pipe leaves it",
  "surrounding-space": "the known secret without the white space around it",
  quoted: "quotation marks around the known secret, or without those it has",
  "base64-decoded": "the bytes that the known secret stands for in base64",
};

export const ALGORITHM_NAMES: Readonly<Record<SignatureAlgorithm, string>> = {
  sha1: "HMAC-SHA1",
  sha384: "HMAC-SHA384",
  sha512: "HMAC-SHA512",
  "sha256-without-key": "SHA-256 without a key",
};
