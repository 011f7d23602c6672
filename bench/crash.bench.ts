/**
 * `serve` is killed (SIGKILL) at random moments under load, and started again on the same folder, CRASH_ROUNDS times (100
 * unless given). Every delivery that was answered with a 2xx must be there afterwards, byte for byte, once.
 */
import { rmSync } from "node:fs";
import { findLost, killUnderLoad } from "../test/helpers/kill-under-load.ts";
import { newDataDir } from "./servers.ts";

const ROUNDS = Number(process.env["CRASH_ROUNDS"] ?? 100);
const LONGEST_MS = 600;

const dataDir = newDataDir();
try {
  const acknowledged: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    acknowledged.push(...(await killUnderLoad(dataDir, round * 1_000_000, Math.random() * LONGEST_MS)));
    if ((round + 1) % 10 === 0) console.log(`killed ${round + 1} times, ${acknowledged.length} acknowledged`);
  }
  const { lost, doubled, kept } = await findLost(dataDir, acknowledged);
  console.table([
    { kills: ROUNDS, acknowledged: acknowledged.length, kept, lost: lost.length, doubled: doubled.length },
  ]);
  console.log(`lost ${lost.length} (goal 0), doubled ${doubled.length} (goal 0)`);
  if (lost.length + doubled.length > 0) process.exitCode = 1;
} finally {
  rmSync(dataDir, { recursive: true, force: true });
}
