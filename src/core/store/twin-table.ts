import type { Database } from "better-sqlite3";
import { type HeaderPairs, toHeaderPairs } from "#shared/domain/headers.ts";
import { toId } from "./stored-delivery.ts";

/** A delivery that may be the same as one of a file. */
export interface StoredTwin {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly headers: HeaderPairs;
}

/** A millisecond (epoch) at which a delivery came, and the hash of its body in lowercase hex. */
export interface SameBody {
  readonly receivedAt: number;
  readonly bodySha256: string;
}

export interface TwinTable {
  /** For each of these, the deliveries of that time with that body. */
  sameBodies(wanted: readonly SameBody[]): StoredTwin[][];
}

interface TwinRow {
  readonly id: number;
  readonly method: string;
  readonly path: string;
  readonly headers: string;
}

/** More come in no millisecond, but in a file that was made to have them. */
const MAX_LOOKED_AT = 1_000;

/** Files know times to a millisecond only. The index on times leads to the few rows whose bodies are compared. */
export function createTwinTable(db: Database): TwinTable {
  const sameBody = db.prepare<[number, number, Buffer], TwinRow>(
    `SELECT d.id, d.method, d.path, c.headers FROM
      (SELECT id, method, path FROM deliveries
       WHERE deleted = 0 AND received_at >= ? AND received_at < ? LIMIT ${MAX_LOOKED_AT}) d
      JOIN contents c ON c.id = d.id WHERE c.body_sha256 = ? ORDER BY d.id`,
  );
  return {
    sameBodies: (wanted) =>
      wanted.map(({ receivedAt, bodySha256 }) =>
        sameBody.all(receivedAt, receivedAt + 1, Buffer.from(bodySha256, "hex")).map(toTwin),
      ),
  };
}

function toTwin({ id, headers, ...rest }: TwinRow): StoredTwin {
  // Written by us as JSON of Node's flat list.
  return { ...rest, id: toId(id), headers: toHeaderPairs(JSON.parse(headers) as string[]) };
}
