import { openSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { describeBug } from "#core/lib/describe-bug.ts";
import { AppError } from "#shared/errors.ts";
import { parseQuery } from "#shared/search/parse-query.ts";
import { canary } from "../../helpers/canary.ts";

function thrownBy(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  throw new Error("Nothing was thrown.");
}

/** Not what it asks for. */
const broken = JSON.parse("null");

describe("what is said of a bug", () => {
  it("is its kind, and the places of our code that it came through, the first one first", () => {
    expect(describeBug(thrownBy(() => parseQuery(broken)))).toMatch(
      /^TypeError at shared\/search\/[\w-]+\.ts:\d+:\d+( < shared\/search\/[\w-]+\.ts:\d+:\d+)*$/,
    );
  });

  it("is the code that the system gave it", () => {
    expect(describeBug(thrownBy(() => openSync("/does/not/exist", "r")))).toBe("Error ENOENT");
  });

  it("is nothing of what it quotes", () => {
    // JSON.parse quotes no more than ten.
    const secret = canary().slice(0, 10);
    const quoting = [
      thrownBy(() => JSON.parse(secret)),
      thrownBy(() => new Headers().set("Authorization", `${secret}\nx`)),
      secret,
      { secret },
      null,
    ];

    for (const error of quoting) {
      expect(String(error instanceof Error ? error.message : secret)).toContain(secret);
      expect(describeBug(error)).not.toContain(secret);
    }
  });

  it("is nothing of what was put into it", () => {
    const secret = canary();
    const at = `\n    at ${secret} (file:///app/src/core/engine.ts:1:1)`;
    const changed = [
      Object.assign(new Error("x"), { stack: `${secret}${at}` }),
      Object.assign(new Error(`x${at.replace("engine", secret)}`), { name: secret, code: secret }),
      Object.assign(new Error("before"), { message: secret }),
      Object.create(Error.prototype, { message: { value: secret } }),
      new Error("x", { cause: secret }),
    ];

    for (const error of changed) expect(describeBug(error)).not.toContain(secret);
  });

  it("is, of what we could not do, what the user is told", () => {
    expect(describeBug(new AppError("store.full", "The disk is full."))).toBe("store.full: The disk is full.");
  });
});
