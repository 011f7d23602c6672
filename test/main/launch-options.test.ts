import { describe, expect, it } from "vitest";
import { readLaunchOptions } from "../../src/main/launch-options.ts";

describe("the app's command line", () => {
  it("has the flags of every host, among Electron's and Chromium's own", () => {
    const options = readLaunchOptions(
      [
        ".",
        "--no-sandbox",
        "--remote-debugging-port=0",
        "--data-dir",
        "/d",
        "--no-open",
        "--listener-port=0",
        "-psn_0",
      ],
      {},
    );

    expect(options).toMatchObject({ dataDir: "/d", listenerPort: 0, uiPort: 4040, connect: true });
  });

  it("has what one run forwards and answers otherwise, as serve has it", () => {
    const options = readLaunchOptions(
      [".", "--forward-to", "3000", "--path", "/hook", "-H", "X-Env: dev", "--relay"],
      {},
    );

    expect(options.flags).toEqual({ forwardTo: "http://localhost:3000/hook", answerMode: "relay" });
    expect(options.forward).toEqual({ headers: [["X-Env", "dev"]], skipVerify: false });
  });

  it("goes before the variables", () => {
    const env = { APIVIDEO_INSPECTOR_DATA_DIR: "/variable", APIVIDEO_INSPECTOR_UI_PORT: "5000" };

    const options = readLaunchOptions([".", "--data-dir", "/flag"], env);

    expect(options).toMatchObject({ dataDir: "/flag", uiPort: 5000 });
  });

  it.each([[["--listener-port", "99999"]], [["--data-dir"]], [["--tunnel", "ftp://x"]]])(
    "says what is wrong with %j",
    (args) => {
      expect(() => readLaunchOptions([".", ...args], {})).toThrow(
        expect.objectContaining({ code: "input.invalid", message: expect.stringContaining(args[0] ?? "") }),
      );
    },
  );
});
