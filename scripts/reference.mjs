// npm run reference: writes docs/commands.md anew from what the commands say of themselves. Runs under the project's Node.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createProgram } from "../src/core/hosts/cli/program.ts";
import { root } from "./project-node.mjs";

export const REFERENCE = join(root, "docs", "commands.md");
const WIDTH = 100;

const HEAD = `# Commands

What \`--help\` says, of all commands. From a checkout: \`npm run -s cli -- COMMAND\`; from the package: \`apivideo-inspector COMMAND\`.
Flags, variables and exit codes that they have in common: [README](../README.md#on-the-command-line). This file is made by
\`npm run reference\`.
`;

/** Every command that is shown, each with the words that lead to it and its help. */
export function allHelp() {
  return helpOf(createProgram(), []);
}

export function reference() {
  const sections = allHelp().map(({ name, help }) => `## ${name}\n\n\`\`\`text\n${help}\n\`\`\`\n`);
  return [HEAD, ...sections].join("\n");
}

function helpOf(command, path) {
  const words = [...path, command.name()];
  let help = "";
  command.configureOutput({ writeOut: (text) => (help += text), getOutHelpWidth: () => WIDTH });
  command.outputHelp();
  const children = command.createHelp().visibleCommands(command);
  const own = children.filter((child) => child.name() !== "help");
  return [
    { name: words.join(" "), help: help.trim(), isGroup: own.length > 0 },
    ...own.flatMap((child) => helpOf(child, words)),
  ];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(REFERENCE, reference());
