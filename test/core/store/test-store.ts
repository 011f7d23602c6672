import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { createClock } from "#core/lib/clock.ts";
import { DATABASE_FILE } from "#core/store/open-database.ts";
import { openStore, type Store } from "#core/store/store.ts";
import type { StoreDeps } from "#core/store/store-thread.ts";
import type { NewDelivery } from "#core/store/stored-delivery.ts";
import { silentLog } from "../../helpers/silent-log.ts";

/** A clock for the tests of one file: ids and times follow each other. */
export const clock = createClock();

/** The store of the folder, with room for all of a test. */
export function openTestStore(dataDir: string, deps: Partial<StoreDeps> = {}): Promise<Store> {
  return openStore({
    dataDir,
    limits: { maxDeliveries: 100_000, maxBytes: 2 ** 31 },
    clock,
    log: silentLog(),
    onRemoved: () => {},
    onCounts: () => {},
    onLost: (error) => {
      throw error;
    },
    ...deps,
  });
}

/** What the listener would hand on: a verified delivery that is no event, unless `more` says otherwise. */
export function newDelivery(body: string | Buffer, more: Partial<NewDelivery> = {}): NewDelivery {
  const receivedAt = more.receivedAt ?? clock.now();
  return {
    receivedAt,
    lastByteAt: receivedAt,
    verifiedAt: receivedAt,
    source: "received",
    method: "POST",
    path: "/hook",
    type: null,
    subject: {},
    verification: { state: "verified" },
    status: 202,
    rawHeaders: [],
    body: Buffer.from(body),
    ...more,
  };
}

export async function addMany(store: Store, count: number, more: (n: number) => Partial<NewDelivery> = () => ({})) {
  return Promise.all(Array.from({ length: count }, (_, n) => store.append(newDelivery(`body ${n}`, more(n)))));
}

/** How many rows the file has in each of its tables, once nobody has it open. */
export function rowsIn(dataDir: string): Record<string, unknown> {
  const db = new Sqlite(join(dataDir, DATABASE_FILE), { readonly: true });
  try {
    const tables = ["deliveries", "contents", "attempts", "commits", "search_docsize"];
    return Object.fromEntries(tables.map((name) => [name, db.prepare(`SELECT count(*) FROM ${name}`).pluck().get()]));
  } finally {
    db.close();
  }
}
