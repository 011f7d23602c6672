import type { HostOptions } from "#core/hosts/host-options.ts";
import { AppError } from "#shared/errors.ts";

/**
 * Starts with these options; where another program has the listener's port, on any free one if the user wants that, else
 * null. Whoever starts an app from an icon has no flags to choose a port with.
 */
export async function offerFreePort<T>(
  options: HostOptions,
  start: (options: HostOptions) => Promise<T>,
  wantsFreePort: (problem: AppError) => Promise<boolean>,
): Promise<T | null> {
  try {
    return await start(options);
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "listener.port_in_use") throw error;
    return (await wantsFreePort(error)) ? await start({ ...options, listenerPort: 0 }) : null;
  }
}
