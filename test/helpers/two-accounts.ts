import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { BASIC, startTestSimulator, type TestSimulator } from "../core/simulator/start-test-simulator.ts";

/** Two accounts behind one address, told apart by their keys alone, as api.video's sandbox has them. */
export interface TwoAccounts extends AsyncDisposable {
  readonly url: string;
  readonly keys: readonly ["key-one", "key-two"];
  /** Those whose keys are in here do not answer. */
  readonly down: Set<string>;
  /** The URLs of the webhooks that each account has. */
  webhooks(): Promise<readonly [string[], string[]]>;
}

export async function startTwoAccounts(): Promise<TwoAccounts> {
  const accounts = { "key-one": await startTestSimulator(), "key-two": await startTestSimulator() } as const;
  const down = new Set<string>();
  const server = createServer(async (request, response) => {
    const key = Buffer.from(request.headers.authorization?.split(" ")[1] ?? "", "base64")
      .toString()
      .replace(/:$/, "");
    const account = key === "key-one" || key === "key-two" ? accounts[key] : undefined;
    if (down.has(key)) return void response.writeHead(503).end();
    if (account === undefined) return void response.writeHead(401, { "Content-Type": "application/json" }).end("{}");
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { "content-type": type } = request.headers;
    const answer = await fetch(account.url + request.url, {
      method: request.method ?? "GET",
      headers: { Authorization: BASIC, ...(type && { "Content-Type": type }) },
      ...(chunks.length > 0 && { body: Buffer.concat(chunks) }),
    });
    response
      .writeHead(answer.status, { "Content-Type": "application/json" })
      .end(Buffer.from(await answer.arrayBuffer()));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // A server that listens on TCP has an address of this type.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    down,
    keys: ["key-one", "key-two"],
    webhooks: async () => [await webhooksAt(accounts["key-one"]), await webhooksAt(accounts["key-two"])],
    async [Symbol.asyncDispose]() {
      await end(server);
      for (const account of Object.values(accounts)) await account[Symbol.asyncDispose]();
    },
  };
}

async function webhooksAt(account: TestSimulator): Promise<string[]> {
  const { json } = await account.call("GET", "/webhooks");
  // The simulator's list reply.
  return (json["data"] as { url: string }[]).map(({ url }) => url);
}

async function end(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  await closed;
}
