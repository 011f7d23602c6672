// Loaded into a program of ours with NODE_OPTIONS=--import: writes down whom it looks up and connects to, in all threads.
import dns from "node:dns";
import { appendFileSync } from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import net from "node:net";

/** To look up an address asks nobody. */
function record(kind, name) {
  if (kind === "connect" || net.isIP(name) === 0) appendFileSync(process.env.RECORD_CONNECTIONS, `${kind} ${name}\n`);
}

const { connect } = net.Socket.prototype;
net.Socket.prototype.connect = function (...args) {
  const [options] = Array.isArray(args[0]) ? args[0] : args;
  if (typeof options === "object" && options.path == null) record("connect", options.host ?? "localhost");
  return connect.apply(this, args);
};

for (const owner of [dns, dns.promises]) {
  const { lookup } = owner;
  owner.lookup = (name, ...rest) => {
    record("lookup", name);
    return lookup.call(owner, name, ...rest);
  };
  for (const name of Object.keys(owner).filter((key) => key.startsWith("resolve"))) {
    const original = owner[name];
    owner[name] = (...args) => {
      record("lookup", args[0]);
      return original.apply(owner, args);
    };
  }
}
syncBuiltinESMExports();
