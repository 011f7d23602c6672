/** The path of a Node that is new enough for the engine. Throws an Error whose message says what is missing. */
export function projectNode(): string;
/** How that Node is to run the engine. */
export const ENGINE_FLAGS: readonly string[];
