import type { Command, Option } from "commander";

export const SHELLS = ["bash", "zsh", "fish"] as const;
export type Shell = (typeof SHELLS)[number];

/** A command as a shell completes it; `path` are the words that lead to it, none for the program itself. */
interface Place {
  readonly path: readonly string[];
  readonly commands: readonly { readonly name: string; readonly summary: string }[];
  readonly options: readonly Option[];
}

/** A script that has the shell complete commands, flags and the values that a flag can have. */
export function completionScript(program: Command, shell: Shell): string {
  const places = placesOf(program, []);
  if (shell === "fish") return `${fishLines(program.name(), places).join("\n")}\n`;
  const bash = bashScript(program.name(), places);
  return shell === "bash" ? bash : `autoload -U +X bashcompinit && bashcompinit\n${bash}`;
}

function placesOf(command: Command, path: readonly string[]): Place[] {
  const visible = command.createHelp();
  const own = visible.visibleCommands(command).filter((child) => child.name() !== "help");
  const place = {
    path,
    commands: own.map((child) => ({ name: child.name(), summary: child.summary() || child.description() })),
    options: visible.visibleOptions(command),
  };
  return [place, ...own.flatMap((child) => placesOf(child, [...path, child.name()]))];
}

/** Names of commands and flags are our own and need no quotes. */
function bashScript(program: string, places: readonly Place[]): string {
  const name = `_${program.replaceAll("-", "_")}`;
  const keyOf = (path: readonly string[]): string => `"${path.map((word) => ` ${word}`).join("")}"`;
  const commands = places.filter(({ path }) => path.length > 0).map(({ path }) => keyOf(path));
  const words = places.map(
    ({ path, commands: own, options }) =>
      `    ${keyOf(path)}) words="${[...own.map((child) => child.name), ...options.map(flagOf)].join(" ")}" ;;`,
  );
  const values = places.flatMap(({ path, options }) =>
    options.filter(takesValue).map((option) => {
      const found = option.argChoices === undefined ? "compgen -f" : `compgen -W "${option.argChoices.join(" ")}"`;
      const keys = namesOf(option).map((flag) => keyOf([...path, flag]));
      return `    ${keys.join("|")}) COMPREPLY=($(${found} -- "$current")); return ;;`;
    }),
  );
  return `${name}() {
  local current="\${COMP_WORDS[COMP_CWORD]}" path="" words="" at
  COMPREPLY=()
  for ((at = 1; at < COMP_CWORD; at++)); do
    case "$path \${COMP_WORDS[at]}" in
      ${commands.join("|")}) path="$path \${COMP_WORDS[at]}" ;;
    esac
  done
  case "$path \${COMP_WORDS[COMP_CWORD-1]}" in
${values.join("\n")}
  esac
  case "$path" in
${words.join("\n")}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F ${name} ${program}
`;
}

function fishLines(program: string, places: readonly Place[]): string[] {
  return places.flatMap(({ path, commands, options }) => {
    const seen = path.map((word) => `__fish_seen_subcommand_from ${word}`);
    const next =
      commands.length === 0 ? [] : [`not __fish_seen_subcommand_from ${commands.map((c) => c.name).join(" ")}`];
    const when = quoted([...seen, ...next].join("; and ") || "true");
    return [
      ...commands.map((c) => `complete -c ${program} -f -n ${when} -a ${c.name} -d ${quoted(c.summary)}`),
      ...options.map((option) => `complete -c ${program} -n ${when} ${fishOption(option)}`),
    ];
  });
}

function fishOption(option: Option): string {
  return [
    ...(option.short === undefined ? [] : [`-s ${option.short.slice(1)}`]),
    ...(option.long === undefined ? [] : [`-l ${option.long.slice(2)}`]),
    ...(takesValue(option) ? ["-r"] : []),
    ...(option.argChoices === undefined ? [] : [`-a ${quoted(option.argChoices.join(" "))}`]),
    `-d ${quoted(option.description)}`,
  ].join(" ");
}

/** As fish reads it between single quotes. */
function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, "\\$&")}'`;
}

function takesValue(option: Option): boolean {
  return option.required || option.optional;
}

function flagOf(option: Option): string {
  return option.long ?? option.short ?? "";
}

function namesOf({ short, long }: Option): string[] {
  return [short, long].filter((name) => name !== undefined);
}
