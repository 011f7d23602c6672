import { describe, expect, it } from "vitest";
import { meantInstead } from "../../../../src/renderer/features/search/meant-instead.ts";

const meant = (query: string) => meantInstead(query).map(({ query }) => query);

describe("what can be looked for instead, where nothing is found", () => {
  it("is the value that words name", () => {
    expect(meant("wrong secret")).toEqual(["cause:wrong-secret"]);
    expect(meant('hls "Wrong Secret" x')).toEqual(["hls cause:wrong-secret x"]);
    expect(meant("re-serialised")).toEqual(["cause:reserialised-body"]);
    expect(meant("failed 200 type:video 5xx")).toEqual([
      "sig:failed 200 type:video 5xx",
      "failed status:200 type:video 5xx",
      "failed 200 type:video status:5xx",
    ]);
  });

  it("is the field that a path nearly has, or that it has inside of another", () => {
    expect(meant("qualty=720p")).toEqual(["quality=720p"]);
    expect(meant("hls VIDEOID=vi1,vi2")).toEqual(["hls videoId=vi1,vi2"]);
    expect(meant('data.quality="720p x"')).toEqual(['quality="720p x"']);
  });

  it("is nothing for what can only mean itself", () => {
    expect(meant("quality=1 title=x data.id=1 nowhere fail -failed -200 -qualty=1 sig:failed")).toEqual([]);
    expect(meant("wrong sig:failed secret")).toEqual([]);
    expect(meant("")).toEqual([]);
  });
});
