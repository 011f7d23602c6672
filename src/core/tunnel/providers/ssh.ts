import * as z from "zod";
import type { TunnelFault } from "#shared/domain/tunnel.ts";
import { startChild } from "./child-process.ts";
import { childEnv, findProgram, missingProgram } from "./find-program.ts";
import { askLoopback, findFreePort, poll } from "./loopback.ts";
import { parseJson } from "./parse-json.ts";
import { failed, type OpenedTunnel, type SessionChange, type TunnelProvider } from "./provider.ts";
import { OWN_REMOTE_PORT, parsePublicUrl, type SshChoice, type SshService, toService } from "./ssh-service.ts";
import { endedFault, unreadyFault } from "./ssh-words.ts";
import { createThrowawayKey } from "./throwaway-key.ts";

const POLL_MS = 200;
const INSTALL = "Install the OpenSSH client so that it is on your PATH.";

const Urls = z.object({ urls: z.array(z.string()) });

export interface SshOptions {
  /** A name on the PATH, or an absolute path. */
  readonly binary?: string;
  readonly env: NodeJS.ProcessEnv;
  /** With a server of the user's own: the URL at which its reverse proxy receives for us. */
  readonly publicUrl?: string | null;
}

/** A tunnel with the system's ssh, to a service for anybody or to a server of the user's own. */
export function createSsh(choice: SshChoice, { binary = "ssh", env, publicUrl = null }: SshOptions): TunnelProvider {
  const ownUrl = publicUrl === null ? null : parsePublicUrl(publicUrl);
  const service = toService(choice, ownUrl ?? "");

  /** The path of ssh and whom to ask, or what is missing. */
  async function prepare(): Promise<Prepared | TunnelFault> {
    if (service === undefined) return badHost();
    if (!service.isPublic && ownUrl === null) return missingUrl(service.host, publicUrl);
    const program = await findProgram(binary, env);
    return program === null ? missingProgram(binary, INSTALL) : { program, service };
  }

  return {
    async check() {
      const prepared = await prepare();
      return "program" in prepared ? null : prepared;
    },
    async open(port, signal, notify) {
      const prepared = await prepare();
      return "program" in prepared ? openSession(prepared, { env, port, signal, notify }) : failed(prepared);
    },
    ...(service && { relay: { host: service.host, port: service.port } }),
  };
}

interface Prepared {
  readonly program: string;
  readonly service: SshService;
}

interface Opening {
  readonly env: NodeJS.ProcessEnv;
  readonly port: number;
  readonly signal: AbortSignal;
  notify(change: SessionChange): void;
}

async function openSession(
  { program, service }: Prepared,
  { env, port, signal, notify }: Opening,
): Promise<OpenedTunnel> {
  let url: string | null = null;
  let isOpen = false;
  await using opening = new AsyncDisposableStack();
  const key = service.isPublic ? opening.use(await createThrowawayKey()).path : null;
  const urlsPort = service.urlsPort === null ? null : await findFreePort();
  const child = opening.use(
    await startChild({
      program,
      args: sshArgs(service, { port, key, urlsPort }),
      env: childEnv(env),
      onLine(line) {
        const told = service.readUrl(line);
        if (told === null || told === url) return;
        url = told;
        // A free name may be replaced by another while the connection lasts.
        if (isOpen) notify({ kind: "up", url });
      },
    }),
  );
  const opened = await poll(POLL_MS, AbortSignal.any([signal, child.gone]), async (until) =>
    urlsPort === null ? url : askUrl(urlsPort, until),
  );
  if (opened === null) {
    return failed((child.gone.aborted ? endedFault : unreadyFault)(child.lines(), service));
  }

  isOpen = true;
  child.unref();
  const onGone = () => notify({ kind: "down", fault: endedFault(child.lines(), service), isFinal: true });
  child.gone.addEventListener("abort", onGone, { once: true });
  const session = opening.move();
  session.defer(() => {
    isOpen = false;
    child.gone.removeEventListener("abort", onGone);
  });
  return {
    kind: "open",
    session: { url: opened, isRenamed: false, [Symbol.asyncDispose]: () => session.disposeAsync() },
  };
}

/**
 * BatchMode: it never asks anything. accept-new: a key seen for the first time is remembered, one that changed ends it;
 * to ask would need a terminal, and who is in between from the very first time on reads no more than the service itself
 * does. ControlPath=none: otherwise a connection of the user's in the background would hold the tunnel, and we could not
 * end it. Nothing of the user's is lent to the server: no agent, no screen. What stands here wins over ~/.ssh/config
 * (ssh_config(5): the first value counts), and behind "--" nothing is read as an option.
 */
function sshArgs(
  { host, port: sshPort, user, remote, options, command, isPublic }: SshService,
  { port, key, urlsPort }: { port: number; key: string | null; urlsPort: number | null },
): string[] {
  const settings = {
    BatchMode: "yes",
    StrictHostKeyChecking: "accept-new",
    ExitOnForwardFailure: "yes",
    ServerAliveInterval: "15",
    ServerAliveCountMax: "2",
    ConnectTimeout: "10",
    ControlMaster: "no",
    ControlPath: "none",
    ForwardAgent: "no",
    ForwardX11: "no",
    PermitLocalCommand: "no",
    ...(isPublic && { IdentityAgent: "none", IdentitiesOnly: "yes", LogLevel: "INFO" }),
  };
  return [
    ...(isPublic ? ["-F", "none"] : []),
    ...Object.entries(settings).flatMap(([name, value]) => ["-o", `${name}=${value}`]),
    ...(key === null ? [] : ["-i", key]),
    ...options,
    ...["-R", `${remote}:127.0.0.1:${port}`],
    ...(urlsPort === null ? [] : ["-L", `127.0.0.1:${urlsPort}:localhost:4300`]),
    ...["-p", String(sshPort)],
    ...(user === null ? [] : ["-l", user]),
    "--",
    host,
    ...command,
  ];
}

async function askUrl(urlsPort: number, signal: AbortSignal): Promise<string | null> {
  const answer = await askLoopback(urlsPort, "/urls", signal);
  if (answer?.status !== 200) return null;
  const parsed = Urls.safeParse(parseJson(answer.body));
  const url = parsed.data?.urls.find((candidate) => URL.parse(candidate)?.protocol === "https:");
  return url === undefined ? null : parsePublicUrl(url);
}

function badHost(): TunnelFault {
  const message = "That is no name of a server or of a user on it. It looks like ssh://me@server.example.com.";
  return { kind: "config", message, retryable: false };
}

function missingUrl(host: string, given: string | null): TunnelFault {
  const problem =
    given === null ? "It is not known under which URL" : `${JSON.stringify(given)} is no https URL under which`;
  const message = `${problem} ${host} receives for us. Let a reverse proxy there send a public https URL to its 127.0.0.1:${OWN_REMOTE_PORT}, and name that URL with --tunnel-host.`;
  return { kind: "config", message, retryable: false };
}
