/** The exit code when output cannot be written: a reader that went away (`| head`, a closed terminal) is no error. */
export function exitCodeOf({ code }: NodeJS.ErrnoException): 0 | 1 {
  return code === "EPIPE" || code === "EIO" ? 0 : 1;
}

/** Ends the process: what a command still had to say, nobody would hear. Those that run until a signal replace it. */
export function endWithReader(error: NodeJS.ErrnoException): void {
  process.exit(exitCodeOf(error));
}
