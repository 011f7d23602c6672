import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { createClock } from "#core/lib/clock.ts";
import { type ListenerDeps, startListener } from "#core/listener/listener.ts";
import type { Arrival } from "#core/listener/read-request.ts";
import { silentLog } from "../../helpers/silent-log.ts";

export interface KeptArrival {
  readonly arrival: Arrival;
  readonly status: number | null;
  answeredAt?: number | null;
}

/** A listener whose deliveries are kept in `records`, on a free port. */
export async function startTestListener(more: Partial<ListenerDeps> = {}) {
  const records: KeptArrival[] = [];
  const listener = await startListener({
    port: 0,
    clock: createClock(),
    log: silentLog(),
    async capture(arrival, status) {
      const record: KeptArrival = { arrival, status };
      records.push(record);
      return {
        answered(at) {
          record.answeredAt = at;
        },
      };
    },
    ...more,
  });
  return { ...listener, records, [Symbol.asyncDispose]: () => listener[Symbol.asyncDispose]() };
}

/** A raw connection to the listener, and all that came back once the other side has closed it. */
export async function open(port: number): Promise<{ socket: Socket; answer: Promise<string> }> {
  const socket = connect(port, "127.0.0.1");
  const answer = collect(socket);
  await once(socket, "connect");
  return { socket, answer };
}

/** Sends bytes over a connection of its own and answers all that comes back until the other side closes. */
export async function exchange(port: number, bytes: string | Buffer): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  const answer = collect(socket);
  socket.write(bytes);
  return answer;
}

export async function collect(socket: Socket): Promise<string> {
  let text = "";
  socket.on("data", (chunk) => {
    text += chunk.toString("latin1");
  });
  socket.on("error", () => {});
  await once(socket, "close");
  return text;
}
