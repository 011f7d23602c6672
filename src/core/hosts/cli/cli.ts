import { CommanderError } from "commander";
import { AppError } from "#shared/errors.ts";
import { queryFaultOf } from "#shared/search/query-fault.ts";
import { describeBug } from "../../lib/describe-bug.ts";
import { keepEnvironmentOutOfReports } from "../../lib/keep-environment-out.ts";
import { EXIT_CODES } from "../exit-codes.ts";
import { visible } from "../visible.ts";
import { jsonLine } from "./format.ts";
import { createProgram } from "./program.ts";
import { queryLines } from "./query-lines.ts";
import { endWithReader } from "./reader-gone.ts";

// Ends the process in good order when a launcher that started it is gone.
process.channel?.unref();
process.on("disconnect", () => process.kill(process.pid, "SIGTERM"));
process.stdout.on("error", endWithReader);
// Node's own words for what nobody caught, a rejection included, are a stack trace with all that the error carries.
process.on("uncaughtException", crash);
keepEnvironmentOutOfReports();

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
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    return fail(error, wantsJson(argv));
  }
}

/** Says what went wrong, on stderr, and answers the exit code for it. */
function fail(thrown: unknown, asJson: boolean): number {
  const error = toAppError(thrown);
  if (asJson) process.stderr.write(`${jsonLine({ error: error.toBody() })}\n`);
  // Without a command, commander has shown the help already.
  else if (!(thrown instanceof CommanderError && thrown.code === "commander.help")) print(inWords(error));
  return EXIT_CODES[error.code];
}

/** Nothing is known of the state that it leaves behind, so nothing else is done: what was acknowledged is on disk. */
function crash(error: unknown): void {
  const code = fail(error, wantsJson(process.argv));
  process.stderr.write("", () => process.exit(code));
}

/** By the words themselves: they may be what could not be read. */
function wantsJson(argv: readonly string[]): boolean {
  return argv.includes("--format=json") || argv.some((word, at) => word === "json" && argv[at - 1] === "--format");
}

function toAppError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  if (thrown instanceof CommanderError) return new AppError("input.invalid", `${oneLine(thrown.message)}. See --help.`);
  return new AppError(
    "internal",
    `Something went wrong inside the inspector (${describeBug(thrown)}). What it acknowledged is kept. Try again, and report it if it stays.`,
  );
}

function inWords(error: AppError): string {
  const fault = queryFaultOf(error);
  return fault === null ? error.message : ["The search cannot be read:", ...queryLines(fault)].join("\n");
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
