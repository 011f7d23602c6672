import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { projectRoot, runChild, startChild } from "../../helpers/child.ts";
import { startEngine } from "../../helpers/start-engine.ts";
import { tempDir } from "../../helpers/temp-dir.ts";

/** Loses the word that ends the database's thread, as if the disk under it hung. */
const HANGING_DATABASE = `data:text/javascript,${encodeURIComponent(`
  import { Worker } from "node:worker_threads";
  const { postMessage } = Worker.prototype;
  Worker.prototype.postMessage = function (message, ...more) {
    if (message.kind !== "close") postMessage.call(this, message, ...more);
  };
`)}`;
const CLI = ["--import", HANGING_DATABASE, join(projectRoot, "src/core/hosts/cli/cli.ts")];

// Each waits as long as the engine is given to end.
describe.concurrent("a database that hangs at the end", () => {
  it("keeps neither serve from ending on a signal nor its exit code from being 0", async () => {
    using dir = tempDir();
    const ports = ["--listener-port", "0", "--ui-port", "0"];
    await using app = await startChild([...CLI, "serve", "--json", "--no-open", "--data-dir", dir.path, ...ports]);

    const code = await app.end("SIGTERM");

    expect(code).toBe(0);
    expect(app.stderr()).toContain("engine.left_behind");
  });

  it("keeps no command from ending, with all that it had to say", async () => {
    using dir = tempDir();
    {
      await using started = await startEngine({ dataDir: dir.path });
      await fetch(`${started.engine.listenerUrl}/kept`, { method: "POST", body: "x" });
    }

    const ended = await runChild([...CLI, "events", "list", "--data-dir", dir.path]);

    expect(ended).toMatchObject({ code: 0, stdout: expect.stringContaining("/kept") });
    expect(ended.stderr).toContain("engine.left_behind");
  });

  it("keeps no command that failed from saying so with its exit code", async () => {
    using dir = tempDir();
    {
      await using _filled = await startEngine({ dataDir: dir.path });
    }

    const ended = await runChild([...CLI, "events", "get", "d404", "--data-dir", dir.path]);

    expect(ended.code).toBe(4);
    expect(ended.stderr).toContain("d404");
  });
});
