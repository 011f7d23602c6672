/** This load's nonce, for libraries that add `<style>` elements; undefined where the host's policy asks for none. */
export function cspNonce(): string | undefined {
  return document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce || undefined;
}
