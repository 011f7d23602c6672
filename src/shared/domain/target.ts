/**
 * Reads where deliveries are forwarded or replayed to: an http(s) URL, a bare port, which means
 * `http://localhost:PORT`, or a name of this machine with a port (`localhost:3000`). Null for anything else, and for URLs with credentials in them.
 */
export function parseTarget(text: string): URL | null {
  const trimmed = text.trim();
  if (/^\d{1,5}$/.test(trimmed)) {
    const port = Number(trimmed);
    return port >= 1 && port <= 65_535 ? new URL(`http://localhost:${port}`) : null;
  }
  const isHere = /^(?:localhost|127\.0\.0\.1|\[::1\]):\d/i.test(trimmed);
  const url = URL.parse(isHere ? `http://${trimmed}` : trimmed);
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== "" || url.password !== "") return null;
  return url;
}
