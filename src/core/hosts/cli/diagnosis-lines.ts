import type { ByteChange, Diagnosis } from "#shared/domain/verification.ts";

/** The others are in `--format json`. */
const MAX_CHANGES = 5;

/** A check in words: state and cause, what was found, where two bodies differ, what to do; `secretFrom` gave the secret. */
export function diagnosisLines(diagnosis: Diagnosis, secretFrom: string | undefined): string[] {
  const { state, cause, title, explanation, advice, received, computed, secretOf } = diagnosis;
  const secret = secretFrom ?? (secretOf === null ? undefined : `that of ${secretOf}`);
  return [
    cause === undefined ? state : `${state} (${cause})`,
    `${title} ${explanation}`,
    ...changeLines(diagnosis),
    `What to do: ${advice}`,
    ...(secret === undefined ? [] : [`Secret      ${secret}`]),
    ...(received === null ? [] : [`Received    ${received}`]),
    ...(computed === null ? [] : [`Computed    ${computed}`]),
  ];
}

function changeLines({ evidence }: Diagnosis): string[] {
  if (evidence?.kind !== "reserialised" && evidence?.kind !== "body-variant") return [];
  const { changes, moreChanges } = evidence;
  const lines = changes.slice(0, MAX_CHANGES).map(changeLine);
  const isMore = moreChanges || changes.length > MAX_CHANGES;
  return isMore ? [...lines, "  … and more (--format json)"] : lines;
}

function changeLine({ offset, received, signed }: ByteChange): string {
  return `  At byte ${offset}: ${quoted(received)} arrived, ${quoted(signed)} was signed.`;
}

function quoted(text: string): string {
  return text === "" ? "nothing" : JSON.stringify(text);
}
