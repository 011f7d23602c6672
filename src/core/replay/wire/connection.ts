import {
  connect as connectTcp,
  isIP,
  type LookupFunction,
  type OnReadOpts,
  type Socket,
  type TcpNetConnectOpts,
} from "node:net";
import { connectTls } from "#core/lib/node-http.ts";
import { plainHost, portOf } from "#shared/domain/url-address.ts";

/** For each address but the last. Node's own 250 ms would give up a busy local server whose queue is full. */
const ADDRESS_TIMEOUT_MS = 3_000;

/** A copy of a body up to this size costs less than to have the system gather two pieces. */
const MAX_COPIED_BYTES = 64 * 1024;

/**
 * All plain connections read into this, one after the other: a buffer for each read would take a tenth of a sending's time.
 * `tls.connect` is not documented to take one.
 */
const READ_INTO = Buffer.alloc(64 * 1024);

/** Where a connection may lead: to one of these addresses, which were checked, and nowhere else. */
export interface Endpoint {
  readonly target: URL;
  /** Tried in this order until one accepts. */
  readonly addresses: readonly string[];
  readonly isLoopback: boolean;
  /** Any certificate will do. */
  readonly skipVerify?: boolean;
}

/** Whoever uses a connection at the moment. */
export interface ConnectionUser {
  onOpen(): void;
  /** The bytes are good for as long as the call: what is to stay is copied. */
  onData(bytes: Buffer): void;
  /** Once, and the last: undefined where the other side ended it in order. */
  onEnd(error: Error | undefined): void;
}

/** A socket that goes from one user to the next. */
export interface Connection {
  user: ConnectionUser;
  /** The TCP connection stands, and TLS is being agreed on. */
  isSecuring(): boolean;
  /** Hands head and body to the system in one go. */
  write(head: string, body: Uint8Array): void;
  /** Nothing more is written; what the other side says is still read. */
  endWriting(): void;
  /** Nothing of what was written still waits here. */
  isFlushed(): boolean;
  /** Ends it at once; its user hears nothing more. */
  destroy(): void;
}

/** Opens a connection for its first user. */
export function openConnection(endpoint: Endpoint, user: ConnectionUser): Connection {
  const isTls = endpoint.target.protocol === "https:";
  const socket = isTls ? openTls(endpoint) : openTcp(endpoint, take);
  let isConnected = false;
  let isOpen = false;
  let isOver = false;
  function take(bytes: Buffer): void {
    if (!isOver) connection.user.onData(bytes);
  }
  const open = () => {
    isOpen = true;
    if (!isOver) connection.user.onOpen();
  };
  const end = (error?: Error) => {
    if (isOver) return;
    isOver = true;
    connection.user.onEnd(error);
  };
  socket.once("connect", () => {
    isConnected = true;
    if (!isTls) open();
  });
  if (isTls) socket.once("secureConnect", open).on("data", take);
  socket.once("end", () => end());
  socket.on("error", end);
  socket.once("close", () => end());
  const connection: Connection = {
    user,
    isSecuring: () => isTls && isConnected && !isOpen,
    write(head, body) {
      // Two writes would be two packets, and a handler that reads only the first would look as if it lost the body.
      if (body.length <= MAX_COPIED_BYTES) {
        socket.write(joined(head, body));
        return;
      }
      socket.cork();
      if (head !== "") socket.write(head, "latin1");
      socket.write(body);
      socket.uncork();
    },
    endWriting: () => void socket.end(),
    isFlushed: () => socket.writableLength === 0,
    destroy() {
      isOver = true;
      socket.destroy();
    },
  };
  return connection;
}

function joined(head: string, body: Uint8Array): Buffer {
  const bytes = Buffer.allocUnsafe(head.length + body.length);
  bytes.write(head, "latin1");
  bytes.set(body, head.length);
  return bytes;
}

function openTcp(endpoint: Endpoint, take: (bytes: Buffer) => void): Socket {
  const onread: OnReadOpts = {
    buffer: READ_INTO,
    callback(length) {
      take(READ_INTO.subarray(0, length));
      return true;
    },
  };
  return connectTcp({ ...tcpOptions(endpoint), onread });
}

function openTls(endpoint: Endpoint): Socket {
  const hostname = plainHost(endpoint.target.hostname);
  return connectTls({
    ...tcpOptions(endpoint),
    ALPNProtocols: ["http/1.1"],
    // SNI takes names only; an empty one sends none.
    servername: isIP(hostname) === 0 ? hostname : "",
    // Certificates of local servers are self-signed, and nobody stands between this machine and itself.
    rejectUnauthorized: !endpoint.isLoopback && endpoint.skipVerify !== true,
  });
}

function tcpOptions({ target, addresses }: Endpoint): TcpNetConnectOpts {
  return {
    host: plainHost(target.hostname),
    port: portOf(target),
    noDelay: true,
    // The addresses were checked; asking again could give others (DNS rebinding).
    lookup: fixedLookup(addresses),
    autoSelectFamily: true,
    autoSelectFamilyAttemptTimeout: ADDRESS_TIMEOUT_MS,
  };
}

function fixedLookup(addresses: readonly string[]): LookupFunction {
  const found = addresses.map((address) => ({ address, family: isIP(address) }));
  return (_hostname, options, callback) => {
    if (options.all) callback(null, found);
    else callback(null, found[0]?.address ?? "", found[0]?.family);
  };
}
