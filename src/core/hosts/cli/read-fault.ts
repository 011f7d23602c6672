import { FAULT_KINDS, Fault, type FaultKind } from "#shared/domain/fault.ts";
import { AppError } from "#shared/errors.ts";

/** A fault by its kind and its parameters, as they were given on the command line. Throws AppError `input.invalid`, which names what is wrong. */
export function readFault(kind: string, parameters: Record<string, unknown>): Fault {
  const known = FAULT_KINDS.find((name) => name === kind);
  if (known === undefined) {
    throw new AppError(
      "input.invalid",
      `There is no fault ${JSON.stringify(kind)}. Use one of ${FAULT_KINDS.join(", ")}.`,
    );
  }
  const foreign = Object.keys(parameters).find((name) => !isParameter(known, name));
  if (foreign !== undefined) {
    throw new AppError(
      "input.invalid",
      `${kind} has no ${JSON.stringify(foreign)}. It has ${namesOf(known).join(", ")}.`,
    );
  }
  const parsed = Fault.safeParse({ ...parameters, kind });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new AppError("input.invalid", `${issue?.path.join(".")}: ${issue?.message}`);
}

function namesOf(kind: FaultKind): string[] {
  const option = Fault.options.find(({ shape }) => shape.kind.value === kind);
  return Object.keys(option?.shape ?? {}).filter((name) => name !== "kind");
}

function isParameter(kind: FaultKind, name: string): boolean {
  return namesOf(kind).includes(name);
}
