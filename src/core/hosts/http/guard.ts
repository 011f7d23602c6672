import { timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";

/**
 * The control API can make requests and read what arrived: it is not far from the user's own shell. Loopback keeps
 * other machines out; what is left are pages in the user's browser and other programs of this machine. A page of
 * another origin sends an Origin that is not ours; a rebound DNS name sends a Host that is not ours; another program
 * does not know the token, which is new with every run.
 */
export interface Guard {
  /** null when the request comes from where it may; otherwise the status to refuse it with. */
  refuseSource(request: IncomingMessage): 403 | null;
  refuseToken(request: IncomingMessage): 401 | null;
}

export function createGuard(options: { port: number; token: string }): Guard {
  const hosts = new Set([`127.0.0.1:${options.port}`, `localhost:${options.port}`]);
  const expected = Buffer.from(`Bearer ${options.token}`);
  return {
    refuseSource(request) {
      const { host, origin } = request.headers;
      if (host === undefined || !hosts.has(host.toLowerCase())) return 403;
      if (origin !== undefined && origin.toLowerCase() !== `http://${host.toLowerCase()}`) return 403;
      return null;
    },
    refuseToken(request) {
      const given = Buffer.from(request.headers.authorization ?? "");
      return given.length === expected.length && timingSafeEqual(given, expected) ? null : 401;
    },
  };
}
