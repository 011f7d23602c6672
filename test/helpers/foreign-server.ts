import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";

/** A program on this machine that is no engine, or not quite one. */
export interface ForeignServer extends AsyncDisposable {
  readonly url: string;
  /** The request lines so far, without their version. */
  readonly asked: string[];
}

export async function startForeign(answer: RequestListener): Promise<ForeignServer> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    // A server that listens on TCP has an AddressInfo.
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
