import { chmod, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod";

/** How a program on this machine reaches the engine that runs on a data folder. */
const EngineRecord = z.object({
  pid: z.int().positive(),
  url: z.url({ protocol: /^http$/, hostname: /^127\.0\.0\.1$/ }),
  token: z.string().min(1),
});
export type EngineRecord = z.infer<typeof EngineRecord>;

export const ENGINE_FILE = "engine.json";

/** Written while an engine runs; the database's lock makes sure that there is only one to write it. */
export async function writeEngineRecord(dataDir: string, record: EngineRecord): Promise<void> {
  const file = join(dataDir, ENGINE_FILE);
  await writeFile(file, `${JSON.stringify(record)}\n`, { mode: 0o600 });
  // The mode above counts for new files only, and a kill leaves the old one.
  await chmod(file, 0o600);
}

export async function removeEngineRecord(dataDir: string): Promise<void> {
  await rm(join(dataDir, ENGINE_FILE), { force: true });
}

/** The record of a live process; null where there is none, it is not readable, or a kill left it behind. */
export async function readEngineRecord(dataDir: string): Promise<EngineRecord | null> {
  try {
    const record = EngineRecord.parse(JSON.parse(await readFile(join(dataDir, ENGINE_FILE), "utf8")));
    return isAlive(record.pid) ? record : null;
  } catch {
    // Missing, half written or not ours: the same as no engine. If there is one all the same, the lock will say so.
    return null;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: alive, but somebody else's.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
