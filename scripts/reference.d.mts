/** Where it is written to. */
export const REFERENCE: string;
/** Of every command that is shown: the words that lead to it, its help, and whether it only has others below it. */
export function allHelp(): readonly { readonly name: string; readonly help: string; readonly isGroup: boolean }[];
export function reference(): string;
