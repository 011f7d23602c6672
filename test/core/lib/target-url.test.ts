import { describe, expect, it } from "vitest";
import { targetUrl } from "#core/lib/target-url.ts";
import { startRawTarget } from "../replay/raw-target.ts";
import { replayerFixture } from "../replay/replayer-fixture.ts";

/** The request line's target, when a delivery that came with `path` is replayed to the target with `ending`. */
async function requestTarget(path: string, ending = ""): Promise<string | undefined> {
  await using target = await startRawTarget();
  await using fixture = replayerFixture({ d1: { path } });

  const attempt = await fixture.replayer.replay("d1", target.url + ending);

  const sent = target.requests[0]?.requestLine.split(" ")[1];
  expect(attempt.target).toBe(target.url + sent);
  return sent;
}

describe("the path of a delivery", () => {
  it.each([
    "/",
    "/hook?x=1",
    "/hook?",
    "/a/../b/./c",
    "//other.example.com/hook",
    "/a//b///",
    "/%2e%2E/%2f%00%zz/%",
    "/?a=%20+&a=&=b&&c#".slice(0, -1),
    "/?next=http://other.example.com/?x=1",
    "/a;b=c/@user:pass/\\back|slash\"<>^`{}'",
    "/caf\u00c3\u00a9?q=\u00ff",
  ])("goes to a target without a path as it came: %j", async (path) => {
    expect(await requestTarget(path)).toBe(path);
  });

  it.each([
    ["http://other.example.com/hook?x=1", "/hook?x=1"],
    ["HTTPS://user@other.example.com:8443/a//b", "/a//b"],
    ["http://other.example.com", "/"],
    ["http://other.example.com?x=1", "/?x=1"],
    ["http://other.example.com\\@third.example.com/x", "/x"],
    ["*", "/"],
    ["other.example.com:443", "/"],
    ["", "/"],
  ])("stays with the target, whatever host it names: %j", async (path, expected) => {
    expect(await requestTarget(path)).toBe(expected);
  });

  it.each([
    ["/a b", "/a%20b"],
    ["/a\r\nX-Smuggled: 1", "/a%0D%0AX-Smuggled:%201"],
    ["/a\u0000\u007f\tb", "/a%00%7F%09b"],
    ["/a#b?c", "/a%23b?c"],
    ["/\u20ac/\ud83d\ude00?\u0100=\ud800", "/%E2%82%AC/%F0%9F%98%80?%C4%80=%EF%BF%BD"],
  ])("is escaped where it could not stand on the wire: %j", async (path, expected) => {
    expect(await requestTarget(path)).toBe(expected);
  });
});

describe("a target's own path and query", () => {
  it.each([
    ["/", "/hook?x=1", "/hook?x=1"],
    ["/api", "/hook", "/api"],
    ["/api", "/hook?x=1", "/api?x=1"],
    ["/api/", "/hook?", "/api/?"],
    ["/api?key=k", "/hook", "/api?key=k"],
    ["/api?key=k", "/hook?", "/api?key=k"],
    ["/api?key=k", "/hook?x=1&key=j", "/api?key=k&x=1&key=j"],
    ["/?key=k", "/hook?x=1", "/hook?key=k&x=1"],
    ["?key=k", "/hook", "/hook?key=k"],
    ["/api#part", "/hook?x=1", "/api?x=1"],
  ])("%j and a delivery to %j go to %j", async (ending, path, expected) => {
    expect(await requestTarget(path, ending)).toBe(expected);
  });

  it.each([
    ["http://localhost:3000", "/hook", "http://localhost:3000/hook"],
    ["http://LOCALHOST:80", "/hook", "http://localhost/hook"],
    ["https://[::1]:3000/api", "/hook?x=1", "https://[::1]:3000/api?x=1"],
    ["https://d\u00e9v.localhost", "//a/../b", "https://xn--dv-bja.localhost//a/../b"],
  ])("are shown with its scheme, host and port: %s", (target, path, expected) => {
    expect(targetUrl(new URL(target), path).href).toBe(expected);
  });
});
