import { describe, expect, it, vi } from "vitest";
import type { ConnectionStatus } from "#shared/contract/connection.ts";
import type { Settings } from "#shared/domain/settings.ts";
import { followSettings } from "../../src/main/follow-settings.ts";
import { showOwn } from "../../src/main/shown-engine.ts";
import { silentLog } from "../helpers/silent-log.ts";
import { type StartedEngine, startEngine } from "../helpers/start-engine.ts";

/** A real engine, on a line whose state the test decides. */
async function showOn({ engine }: StartedEngine) {
  let setStatus: (status: ConnectionStatus) => void = () => undefined;
  const own = await showOwn(engine);
  return {
    shown: {
      ...own,
      connection: {
        ...own.connection,
        onStatus(listener: (status: ConnectionStatus) => void) {
          setStatus = listener;
          return () => {
            setStatus = () => undefined;
          };
        },
      },
      async [Symbol.asyncDispose]() {},
    },
    setStatus: (status: ConnectionStatus) => setStatus(status),
  };
}

describe("the settings that the desktop follows", () => {
  it("are applied at once, at each change, and anew once the engine may be another", async () => {
    await using started = await startEngine({ connect: false });
    const { shown, setStatus } = await showOn(started);
    const themes: Settings["theme"][] = [];
    using _following = followSettings(shown, silentLog(), ({ theme }) => themes.push(theme));
    expect(themes).toEqual(["system"]);

    await started.client.call("settings.update", { theme: "dark" });
    expect(themes).toEqual(["system", "dark"]);

    setStatus({ kind: "disconnected" });
    setStatus({ kind: "connected", resumed: true });
    setStatus({ kind: "disconnected" });
    setStatus({ kind: "connected", resumed: false });
    await vi.waitFor(() => expect(themes).toEqual(["system", "dark", "dark"]));
  });

  it("are those of the last change, where an answer from before it comes later", async () => {
    await using started = await startEngine({ connect: false });
    const { shown, setStatus } = await showOn(started);
    const themes: Settings["theme"][] = [];
    const asked = Promise.withResolvers<void>();
    const answer = Promise.withResolvers<void>();
    const client: typeof shown.client = {
      ...shown.client,
      async call(name, input) {
        const old = await shown.client.call(name, input);
        asked.resolve();
        await answer.promise;
        return old;
      },
    };
    using _following = followSettings({ ...shown, client }, silentLog(), ({ theme }) => themes.push(theme));
    setStatus({ kind: "connected", resumed: false });
    await asked.promise;

    await started.client.call("settings.update", { theme: "dark" });
    answer.resolve();
    await started.client.call("settings.get", {});

    expect(themes).toEqual(["system", "dark"]);
  });

  it("are left alone once nobody follows them, and while nobody answers", async () => {
    await using started = await startEngine({ connect: false });
    const { shown, setStatus } = await showOn(started);
    const log = silentLog();
    const apply = vi.fn();
    const client: typeof shown.client = { ...shown.client, call: () => Promise.reject(new Error("gone again")) };
    const following = followSettings({ ...shown, client }, log, apply);

    setStatus({ kind: "connected", resumed: false });
    await vi.waitFor(() => expect(log.lines.join()).toContain("settings.not_read"));
    following[Symbol.dispose]();
    await started.client.call("settings.update", { theme: "dark" });

    expect(apply).toHaveBeenCalledTimes(1);
  });
});
