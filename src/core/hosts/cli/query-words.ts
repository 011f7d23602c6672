/** The search of `events list type:video after:1h`; `--query` has what begins with a minus. */
export function queryOf(words: readonly string[], { query = "" }: { readonly query?: string }): string {
  return [...words, query].join(" ").trim();
}
