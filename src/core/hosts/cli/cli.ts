import { CommanderError } from "commander";
import { AppError } from "#shared/errors.ts";
import { queryFaultOf } from "#shared/search/query-fault.ts";
import { EXIT_CODES } from "../exit-codes.ts";
import { visible } from "./format.ts";
import { createProgram } from "./program.ts";
import { queryLines } from "./query-lines.ts";
import { endWithReader } from "./reader-gone.ts";

// Ends the process in good order when a launcher that started it is gone.
process.channel?.unref();
process.on("disconnect", () => process.kill(process.pid, "SIGTERM"));
process.stdout.on("error", endWithReader);

/** Time for output and connections to end by themselves. */
const END_MS = 500;

process.exitCode = await run(process.argv);
// Only what was left behind is still there when this fires: a thread or a connection that hangs would keep the process
// for ever. The empty write comes back when all output before it is out.
setTimeout(() => process.stdout.write("", () => process.exit()), END_MS).unref();

async function run(argv: readonly string[]): Promise<number> {
  const program = createProgram();
  try {
    await program.parseAsync(argv);
    return typeof process.exitCode === "number" ? process.exitCode : 0;
  } catch (error) {
    return fail(error);
  }
}

function fail(error: unknown): number {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return 0;
    // Without a command, commander has shown the help already.
    if (error.code !== "commander.help") print(`${oneLine(error.message)}. See --help.`);
    return EXIT_CODES["input.invalid"];
  }
  if (error instanceof AppError) {
    const fault = queryFaultOf(error);
    print(fault === null ? error.message : ["The search cannot be read:", ...queryLines(fault)].join("\n"));
    return EXIT_CODES[error.code];
  }
  print(`Unexpected error: ${error instanceof Error ? error.message : String(error)}`);
  return EXIT_CODES.internal;
}

/** commander puts its suggestion on a line of its own. */
function oneLine(message: string): string {
  return message
    .replace(/^error: /, "")
    .replace(/\s*\n\s*/g, " ")
    .replace(/\.$/, "");
}

function print(message: string): void {
  // A target's or api.video's own words may be in it.
  const lines = message.split("\n").map(visible);
  process.stderr.write(`apivideo-inspector: ${lines.join("\n")}\n`);
}
