import type { SessionChange, TunnelProvider, TunnelSession } from "#core/tunnel/providers/provider.ts";

export const PORT = 54_321;

export interface Opened extends AsyncDisposable {
  readonly session: TunnelSession;
  /** What the provider told since. */
  readonly changes: readonly SessionChange[];
}

/** Opens a tunnel that has to open. */
export async function openSession(provider: TunnelProvider): Promise<Opened> {
  const changes: SessionChange[] = [];
  const opened = await provider.open(PORT, AbortSignal.timeout(15_000), (change) => changes.push(change));
  if (opened.kind === "failed") throw new Error(`It did not open: ${opened.fault.message}`);
  const { session } = opened;
  return { session, changes, [Symbol.asyncDispose]: () => session[Symbol.asyncDispose]() };
}

/** The fault of a tunnel that must not open. */
export async function openFault(provider: TunnelProvider, signal: AbortSignal = AbortSignal.timeout(15_000)) {
  const opened = await provider.open(PORT, signal, () => {});
  if (opened.kind === "open") {
    await opened.session[Symbol.asyncDispose]();
    throw new Error(`It opened at ${opened.session.url}.`);
  }
  return opened.fault;
}
