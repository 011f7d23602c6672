import { StdioServerTransport, serveStdio } from "@modelcontextprotocol/server/stdio";
import type { HostFlags } from "../../host-options.ts";
import { createLineLog } from "../../line-log.ts";
import { exitCodeOf } from "../reader-gone.ts";
import { untilSignal } from "../until-signal.ts";
import { createEngineAccess } from "./engine-access.ts";
import { createMcpServer } from "./server.ts";

/**
 * Speaks the Model Context Protocol on stdin and stdout until stdin is closed, nobody reads stdout any more, or a signal
 * comes. Logs go to stderr. Throws AppError `input.invalid` where flags or variables cannot be read.
 */
export async function serveMcp(flags: HostFlags): Promise<void> {
  const log = createLineLog((line) => void process.stderr.write(line));
  await using engine = createEngineAccess(flags);
  const wire = new StdioServerTransport();
  const connection = serveStdio(() => createMcpServer({ engine, log }), {
    transport: wire,
    onerror(error) {
      // That nobody reads any more is an end like any other.
      if (exitCodeOf(error) !== 0) log.warn("mcp.message_unread", { message: error.message });
    },
  });
  await Promise.race([untilSignal(), untilClosed(wire)]);
  await connection.close();
}

/** The connection has a use for this call itself, so it goes on first. */
function untilClosed(wire: StdioServerTransport): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const { onclose } = wire;
  wire.onclose = () => {
    onclose?.();
    resolve();
  };
  return promise;
}
