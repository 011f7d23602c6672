// node open-and-end.ts RELAY_URL await|abandon|forget: opens a tunnel, ends it in the way asked for, and must then end
// by itself, because nothing is left that keeps a process alive.
import { createTunnel } from "#core/tunnel/tunnel.ts";
import { tunnelDeps } from "./tunnel-deps.ts";

const [, , host = "", ending = ""] = process.argv;
const tunnel = createTunnel(tunnelDeps(() => 1));
const opening = tunnel.open({ provider: "localtunnel" }, { host, subdomain: "calm-otter-tunnel" });
if (ending !== "abandon") await opening;
if (ending !== "forget") await tunnel.close();
console.log("reached the end");
