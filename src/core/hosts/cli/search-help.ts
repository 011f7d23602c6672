import { KEY_FACTS } from "#shared/search/keys.ts";
import { QUERY_KEYS } from "#shared/search/query.ts";

/** What a search can be, a line per key with an example, for those who write one without the window's suggestions. */
export function searchLines(): string[] {
  return [
    "A search is words, which are looked for in path, headers, body and id, and any of these; all must hold:",
    ...QUERY_KEYS.map((key) => `  ${KEY_FACTS[key].example.padEnd(34)} ${KEY_FACTS[key].meaning}`),
    `  ${"quality=720p".padEnd(34)} A value of the JSON body by its path (data.items[0].id, items[].id)`,
    'A comma means or (sig:failed,unsigned), a minus before it the opposite (-720p); "quotes" keep spaces.',
  ];
}
