import type { Command } from "commander";
import { AppError } from "#shared/errors.ts";

/** Flags that count for some of the ways in which a command can be used. */
export interface FlagGroup<Way extends string> {
  readonly ways: readonly Way[];
  /** For the help; a group without one stands among the flags of all. */
  readonly title?: string;
  /** What they are for, as the end of a sentence. */
  readonly purpose: string;
  add(command: Command): unknown;
}

/**
 * Adds the flags of each group; answers what is to be called once it is known which way is meant: it throws AppError
 * `input.invalid` for a flag of another way, which is better said than left unheard.
 */
export function addFlagGroups<Way extends string>(
  command: Command,
  groups: readonly FlagGroup<Way>[],
): (way: Way) => void {
  const groupOf = new Map<string, FlagGroup<Way>>();
  for (const group of groups) {
    const known = new Set(command.options);
    if (group.title !== undefined) command.optionsGroup(group.title);
    group.add(command);
    for (const option of command.options) if (!known.has(option)) groupOf.set(option.attributeName(), group);
  }
  return (way) => {
    for (const [name, { ways, purpose }] of groupOf) {
      if (ways.includes(way) || command.getOptionValueSource(name) !== "cli") continue;
      const flag = command.options.find((option) => option.attributeName() === name)?.long ?? name;
      throw new AppError("input.invalid", `${flag} is for ${purpose}.`);
    }
  };
}
