import { join } from "node:path";
import { CLI, projectRoot, startChild } from "../../helpers/child.ts";
import { type Receiver, startReceiver } from "../../helpers/receiver.ts";

/** What is around the inspector: api.video, the relay of the tunnel, and the developer's own server. */
export interface Surroundings extends AsyncDisposable {
  readonly simulatorUrl: string;
  readonly relayUrl: string;
  readonly receiver: Receiver;
}

/** Each in a process of its own, but for the developer's server, whose requests the test looks at. */
export async function startSurroundings(): Promise<Surroundings> {
  await using stack = new AsyncDisposableStack();
  const receiver = stack.use(await startReceiver());
  const relay = stack.use(await startChild([join(projectRoot, "test/helpers/relay-main.ts")]));
  const simulator = stack.use(await startChild([CLI, "simulator", "--port", "0", "--json"]));
  const kept = stack.move();
  return {
    simulatorUrl: simulator.ready["simulatorUrl"] ?? "",
    relayUrl: relay.ready["url"] ?? "",
    receiver,
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}
