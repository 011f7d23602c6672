import * as z from "zod";
import { TunnelFault } from "./tunnel.ts";

/** A time during which nothing could come in through our public URL although it was to be reachable. */
export const Gap = z.object({
  id: z.string(),
  /** ISO 8601, UTC. */
  from: z.string(),
  /** The first proof that the path works again; null while it does not. */
  to: z.string().nullable(),
  cause: TunnelFault.shape.kind,
  /** Why it began, in words for the user. */
  message: z.string(),
});
export type Gap = z.infer<typeof Gap>;
