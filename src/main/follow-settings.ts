import { fireAndForget, type Log } from "#core/lib/log.ts";
import type { Settings } from "#shared/domain/settings.ts";
import type { ShownEngine } from "./shown-engine.ts";

/** Applies the settings at once and after each change, also those of an engine that came in the place of another. */
export function followSettings(
  { client, connection, settings }: ShownEngine,
  log: Log,
  apply: (settings: Settings) => void,
): Disposable {
  let heard = 0;
  const hear = (values: Settings): void => {
    heard += 1;
    apply(values);
  };
  const ask = async (): Promise<void> => {
    const before = heard;
    const { values } = await client.call("settings.get", {});
    // A change that was told of meanwhile is newer than the answer.
    if (heard === before) hear(values);
  };
  hear(settings);
  const unwatch = connection.onStatus((status) => {
    if (status.kind === "connected" && !status.resumed) fireAndForget(ask(), log, "settings.not_read");
  });
  const unsubscribe = client.subscribe((event) => {
    if (event.name === "settings.changed") hear(event.payload.values);
  });
  return {
    [Symbol.dispose]() {
      unwatch();
      unsubscribe();
    },
  };
}
