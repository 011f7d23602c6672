// node test/helpers/relay-main.ts [--port N]: the relay alone, for trying the app without the internet. Prints one JSON
// line with its URL and stays until SIGINT or SIGTERM.
import { parseArgs } from "node:util";
import { startRelay } from "./relay.ts";

const { values } = parseArgs({ options: { port: { type: "string", default: "0" } } });
const relay = await startRelay({ port: Number(values.port) });
console.log(JSON.stringify({ url: relay.url }));
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => void relay[Symbol.asyncDispose]());
}
