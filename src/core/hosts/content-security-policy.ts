/** Stands in the built index.html wherever the nonce of a load belongs. */
const NONCE_PLACEHOLDER = "__CSP_NONCE__";

/**
 * The policy of every page that a host hands out, as the value of a `Content-Security-Policy` header. `nonce` is new
 * for each load and allows the `<style>` elements that UI libraries add; scripts come from our own files alone.
 */
export function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "font-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}

/** The page with this load's nonce in it, where the UI reads it from. */
export function withNonce(html: string, nonce: string): string {
  return html.replaceAll(NONCE_PLACEHOLDER, nonce);
}
