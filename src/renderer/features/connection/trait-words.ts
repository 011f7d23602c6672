import type { TunnelTraits } from "#shared/domain/tunnel-traits.ts";

const URL_WORDS: Readonly<Record<TunnelTraits["urlStability"], string>> = {
  fixed: "Always the same URL",
  requested: "The same URL unless somebody takes it",
  random: "A new URL with each start",
};

/** What one should know before choosing, in few words each: the most important first. */
export function traitWords(traits: TunnelTraits): string[] {
  const { urlStability, isEncrypted, needsAccount, needs, maxSessionMs } = traits;
  return [
    URL_WORDS[urlStability],
    isEncrypted ? "encrypted up to this machine" : "not encrypted between its relay and this machine",
    needsAccount ? "needs an account" : "no account",
    ...(needs === undefined ? [] : [`needs ${needs}`]),
    ...(maxSessionMs === undefined ? [] : [`ends after ${Math.round(maxSessionMs / 60_000)} min and is opened anew`]),
  ];
}
