import type { Database, Statement } from "better-sqlite3";

/** A window refreshes one search again and again, and each route and rule is one; more kinds at a time are rare. */
const MAX_STATEMENTS = 64;

type Params = (string | number)[];

/** Questions of the same form share a statement: values are bound, never written into it. */
export function createStatements(db: Database): (sql: string) => Statement<Params> {
  const prepared = new Map<string, Statement<Params>>();
  return (sql) => {
    const known = prepared.get(sql);
    if (known !== undefined) return known;
    if (prepared.size >= MAX_STATEMENTS) prepared.clear();
    const statement = db.prepare<Params>(sql);
    prepared.set(sql, statement);
    return statement;
  };
}
