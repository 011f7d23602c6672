import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export interface ReceivedRequest {
  readonly method: string;
  readonly url: string;
  readonly rawHeaders: readonly string[];
  readonly body: Buffer;
}

/** A developer's server on localhost that keeps what it got; `status` is what it answers from now on. */
export interface Receiver extends AsyncDisposable {
  readonly url: string;
  readonly requests: readonly ReceivedRequest[];
  status: number;
  /** Decides the status request by request, where it is set. */
  statusFor: ((request: ReceivedRequest) => number | Promise<number>) | undefined;
  /** The body that it answers, where it is set. */
  answer: string | undefined;
  /** Answers nothing any more, until the function that it gives is called. */
  hold(): () => void;
}

export async function startReceiver(): Promise<Receiver> {
  const requests: ReceivedRequest[] = [];
  const state = { status: 200, held: Promise.resolve() };
  let statusFor: Receiver["statusFor"];
  let answer: string | undefined;
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { method = "", url = "", rawHeaders } = request;
    const received = { method, url, rawHeaders, body: Buffer.concat(chunks) };
    requests.push(received);
    await state.held;
    response
      .writeHead((await statusFor?.(received)) ?? state.status, { "Content-Type": "text/plain" })
      .end(answer ?? `got it ${requests.length}`);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    get status() {
      return state.status;
    },
    set status(status) {
      state.status = status;
    },
    get statusFor() {
      return statusFor;
    },
    set statusFor(decide) {
      statusFor = decide;
    },
    get answer() {
      return answer;
    },
    set answer(text) {
      answer = text;
    },
    hold() {
      const { promise, resolve } = Promise.withResolvers<void>();
      state.held = promise;
      return resolve;
    },
    async [Symbol.asyncDispose]() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}
