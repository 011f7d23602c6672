import * as z from "zod";

/** What the desktop is told of while nobody looks at the window. */
export const NotifyOn = z.object({
  /** That webhooks do not get through, and that they do again. */
  path: z.boolean(),
  failedSignature: z.boolean(),
  /** Event types, each delivery of which is told of. */
  types: z.array(z.string().min(1).max(200)).max(50),
});
export type NotifyOn = z.infer<typeof NotifyOn>;
