/**
 * Reads where deliveries are forwarded or replayed to: an http(s) URL, or a bare port, which means
 * `http://localhost:PORT`. Null for anything else, and for URLs with credentials in them.
 */
export function parseTarget(text: string): URL | null {
  const trimmed = text.trim();
  if (/^\d{1,5}$/.test(trimmed)) {
    const port = Number(trimmed);
    return port >= 1 && port <= 65_535 ? new URL(`http://localhost:${port}`) : null;
  }
  const url = URL.parse(trimmed);
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== "" || url.password !== "") return null;
  return url;
}
