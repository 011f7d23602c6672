/** Prefix and length as in the ids of api.video's reference; the real ones mix upper and lower case. */
const SHAPES = {
  webhook: ["webhook_", 15],
  secret: ["sig_sec_", 22],
  video: ["vi", 22],
  "live-stream": ["li", 22],
  caption: ["caption_", 22],
  summary: ["summary_", 22],
  "stream-key": ["", 36],
} as const;

/** A new id that looks like one of api.video's. */
export function createId(kind: keyof typeof SHAPES, randomId: (bytes: number) => string): string {
  const [prefix, length] = SHAPES[kind];
  return prefix + randomId(length).slice(0, length);
}
