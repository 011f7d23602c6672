import { describe, expect, it } from "vitest";
import { commands } from "#shared/contract/commands.ts";
import type { CommandName } from "#shared/contract/types.ts";
import { startEngine } from "../helpers/start-engine.ts";

/** What JSON can carry to reach what all objects share, or to exhaust who reads it. */
const deep = `${'{"a":['.repeat(10_000)}${"]}".repeat(10_000)}`;
const POISONED = [
  '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}',
  '{"set":{"__proto__.polluted":1,"constructor.prototype.polluted":1,"a":{"__proto__":{"polluted":1}}},"type":"x","count":1}',
  '{"values":{"__proto__":{"polluted":1}},"edits":{"__proto__":{"polluted":1},"headers":[["__proto__","1"]]},"id":"__proto__"}',
  '{"query":"__proto__.polluted=1","ids":["__proto__","constructor"],"names":["__proto__"],"format":"__proto__"}',
  `{"id":${deep},"set":{"a":${deep}},"type":"x","edits":{"body":${deep}},"values":${deep}}`,
  `{"id":"${"d".repeat(100_000)}","query":"${"(".repeat(100_000)}","name":"${"\\u0000".repeat(1_000)}"}`,
  // Files within the input are read as JSON once more.
  JSON.stringify({ format: "har", text: `{"log":{"version":"1.2","entries":[{"request":${deep}},${deep}]}}` }),
  JSON.stringify({
    format: "jsonl",
    text: `${deep}\n{"__proto__":{"polluted":1},"headers":${deep}}\n{"method":"POST"}`,
  }),
  deep,
  "[]",
  "null",
  '"text"',
  "1e999",
];

describe("every command", () => {
  it("takes poisoned, oversized and deep input for wrong input at worst, and nothing else is changed by it", {
    timeout: 60_000,
  }, async () => {
    await using started = await startEngine({ connect: false });
    const names = Object.keys(commands) as CommandName[];
    const broken: string[] = [];

    for (const name of names) {
      for (const json of POISONED) {
        const reply = await started.engine.router.dispatch(name, JSON.parse(json));
        if (!reply.ok && reply.error.code === "internal") broken.push(`${name} ${json.slice(0, 60)}`);
        // A reply goes out as JSON.
        JSON.stringify(reply);
      }
    }

    expect(broken).toEqual([]);
    expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
    expect(started.log.lines.filter((line) => line.startsWith("error"))).toEqual([]);
  });
});
