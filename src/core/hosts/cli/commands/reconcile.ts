import type { Command } from "commander";
import type { MissedEvent, Reconciliation } from "#shared/domain/missed-event.ts";
import { addDataDirFlag, type HostFlags } from "../../host-options.ts";
import { connectEngine } from "../connect-engine.ts";
import { addFormatFlag, type Format, printJson, printLine } from "../format.ts";

interface ReconcileFlags extends HostFlags {
  readonly from?: string;
  readonly to?: string;
  readonly format: Format;
}

/** Adds `reconcile` to the commands of `webhooks`. */
export function addReconcileCommand(webhooks: Command): void {
  addFormatFlag(addDataDirFlag(webhooks.command("reconcile")))
    .description("Ask api.video which events should have come and did not; by default during the newest gap")
    .option("--from <time>", "from when on (ISO 8601)")
    .option("--to <time>", "until when (ISO 8601; default: now)")
    .addHelpText(
      "after",
      "\nExample: apivideo-inspector webhooks reconcile --from 2026-07-01T09:30:00Z --to 2026-07-01T09:32:00Z",
    )
    .action(reconcile);
}

async function reconcile({ from, to, format, ...flags }: ReconcileFlags): Promise<void> {
  await using connection = await connectEngine(flags);
  const found = await connection.client.call("webhooks.reconcile", { ...(from && { from }), ...(to && { to }) });
  if (format === "json") {
    printJson(found);
    return;
  }
  for (const event of found.missed) printLine(missedLine(event));
  printLine(summaryLine(found));
  for (const note of found.notes) printLine(note);
}

/** A missed event is no delivery: it has no id that `events` would take. */
function missedLine({ type, detail, subject, title, reason }: MissedEvent): string {
  const about = subject.videoId ?? subject.liveStreamId ?? "";
  return ["missed", type, detail ?? "", about, title ?? "", reason].filter((part) => part !== "").join("  ");
}

function summaryLine({ missed, checkedVideos, checkedLiveStreams, from, to, isComplete }: Reconciliation): string {
  const what =
    missed.length === 0 ? "Nothing is missing" : `${plural(missed.length, "event was", "events were")} missed`;
  const checked = `${plural(checkedVideos, "video", "videos")}, ${plural(checkedLiveStreams, "live stream", "live streams")} checked`;
  return `${what} from ${from} to ${to} (${checked}${isComplete ? "" : ", not all of them"}).`;
}

function plural(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}
