import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRedactor } from "#core/diagnostics/redact.ts";
import { toSettingWords } from "#core/diagnostics/report.ts";

const NOTHING = { secrets: [], homes: [], userNames: [], hosts: [], showHosts: false };

describe("a line of the diagnostics", () => {
  it.each([
    ["The path through https://me.loca.lt/wi-abc?x=1 works.", "The path through https://<host 2>/… works."],
    ["(see https://me.example:8443).", "(see https://<host 2>:8443)."],
    ["https://user:pass@me.example/", "https://<host 2>"],
    ["Listening on http://127.0.0.1:4747", "Listening on http://127.0.0.1:4747"],
    ["https://sandbox.api.video/webhooks", "https://sandbox.api.video/…"],
    ["getaddrinfo ENOTFOUND relay.example", "getaddrinfo ENOTFOUND <host 1>"],
    ["getaddrinfo ENOTFOUND dev.corp.internal", "getaddrinfo ENOTFOUND <host 2>"],
    ["connect ECONNREFUSED 10.1.2.3:80", "connect ECONNREFUSED <host 2>:80"],
    ["at 10.1.2.3, [fd00::1]:80 and fd00::1", "at <host 2>, <host 3>:80 and <host 3>"],
    ["127.0.0.1:80, ::1 and [::1]:80", "127.0.0.1:80, ::1 and [::1]:80"],
    ["2026-01-02T10:11:12.123Z, Node 24.1.0", "2026-01-02T10:11:12.123Z, Node 24.1.0"],
    ["bob@host.example: Permission denied.", "<user>@<host 2>: Permission denied."],
    ["C:\\Users\\Ann Lee\\app", "C:\\Users\\<user>\\app"],
    ["/home/ann/.local/share/x", "/home/<user>/.local/share/x"],
    ["/srv/ann/x and /srv/annex", "/srv/<user>/x and /srv/annex"],
    ["one\ntwo\u202Ethree", "one two three"],
  ])("says of %j no more than %j", (text, expected) => {
    expect(createRedactor({ ...NOTHING, userNames: ["ann"], hosts: ["relay.example"] })(text)).toBe(expected);
  });

  it("names hosts where that was allowed, and still no path", () => {
    expect(createRedactor({ ...NOTHING, showHosts: true })("at https://me.loca.lt/wi-abc?key=1")).toBe(
      "at https://me.loca.lt/…",
    );
  });

  it("holds no secret, wherever in it one stands", () => {
    const secret = fc.string({ minLength: 4, unit: "grapheme-ascii" }).filter((text) => /^[\w/+=-]{4,}$/.test(text));
    fc.assert(
      fc.property(secret, fc.string(), fc.string(), (text, before, after) => {
        const redact = createRedactor({ ...NOTHING, secrets: [text] });
        // What replaces it may hold a short one by accident.
        fc.pre(!"<secret>…/ <url>".includes(text) && !before.includes(text) && !after.includes(text));
        expect(redact(`${before} ${text} ${after}`)).not.toContain(` ${text} `);
      }),
    );
  });

  it("takes any text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(createRedactor({ ...NOTHING, hosts: [text], userNames: [text], homes: [text] })(text)).not.toMatch(/\n/);
      }),
    );
  });
});

describe("a setting in the diagnostics", () => {
  it.each([
    ["theme", "dark", "dark"],
    ["activityRange", "20m", "20m"],
    ["firstRunDone", true, "yes"],
    ["maxDeliveries", 100, "100"],
    ["tunnel", "localtunnel", "localtunnel"],
    ["tunnel", "ssh://ann@my.server", "ssh://<user>@<host>"],
    ["forwardTo", null, "none"],
    ["events", ["a", "b"], "2 of them"],
    ["somethingNew", "private", "set"],
    ["somethingNew", { query: "private" }, "1 of them"],
  ])("%s is said without what is the user's own", (name, value, expected) => {
    expect(toSettingWords(name, value)).toBe(expected);
  });
});
