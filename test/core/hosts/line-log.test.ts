import { describe, expect, it, vi } from "vitest";
import { createLineLog } from "#core/hosts/line-log.ts";

function logged() {
  const lines: string[] = [];
  return { lines, log: createLineLog((line) => lines.push(line)) };
}

describe("the log", () => {
  it("has words of others in it that steer no terminal and turn no text around", () => {
    const { lines, log } = logged();

    log.warn("tunnel.fault", { reason: "\u009b2J\u202eno\u001b[31m" });

    expect(lines.join("")).toMatch(/ warn tunnel\.fault \{"reason":"\\u009b2J\\u202eno\\u001b\[31m"\}\n$/);
  });

  it("counts what comes again within a second, and tells it with the next line", () => {
    const { lines, log } = logged();
    for (let n = 0; n < 5_000; n++) log.warn("listener.not_kept", { code: "store.full" });
    log.warn("other");

    expect(lines.map((line) => line.slice(25))).toEqual([
      'warn listener.not_kept {"code":"store.full"}\n',
      'warn listener.not_kept {"code":"store.full"} (4999 more)\n',
      "warn other\n",
    ]);
  });

  it("has what goes on once a second", () => {
    const now = vi.spyOn(performance, "now");
    const { lines, log } = logged();
    for (const at of [0, 400, 999, 1_000, 1_100]) {
      now.mockReturnValueOnce(at);
      log.warn("same");
    }

    expect(lines.map((line) => line.slice(25))).toEqual(["warn same\n", "warn same (2 more)\n", "warn same\n"]);
  });
});
