/** Makes the compiler prove that a switch over a union is exhaustive; throws if the proof was broken at run time. */
export function assertNever(value: never): never {
  throw new Error(`Unexpected value: ${JSON.stringify(value)}`);
}
