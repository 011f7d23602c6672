import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { REPLAY_HEADER } from "#shared/domain/headers.ts";

/** A server that answers when it is told to. */
export interface Gate extends AsyncDisposable {
  readonly url: string;
  /** How many requests wait for their answer. */
  waiting(): number;
  /** How many waited at once at most. */
  most(): number;
  /** Of which deliveries requests came, in their order. */
  ids(): readonly string[];
  answerOne(): void;
  /** Answers all that wait, and at once whatever comes. */
  open(): void;
}

export async function startGate(): Promise<Gate> {
  const waiting = new Set<ServerResponse>();
  const ids: string[] = [];
  let most = 0;
  let isOpen = false;
  const server = createServer((request, response) => {
    request.resume();
    ids.push(String(request.headers[REPLAY_HEADER.toLowerCase()]));
    waiting.add(response);
    most = Math.max(most, waiting.size);
    response.on("close", () => waiting.delete(response));
    if (isOpen) response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    waiting: () => waiting.size,
    most: () => most,
    ids: () => ids,
    answerOne() {
      const [first] = waiting;
      if (first === undefined) return;
      waiting.delete(first);
      first.end();
    },
    open() {
      isOpen = true;
      for (const response of waiting) response.end();
    },
    async [Symbol.asyncDispose]() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}
