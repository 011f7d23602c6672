import { randomBytes } from "node:crypto";

/** A text that is in no file unless the app wrote it there. */
export function canary(): string {
  return `canary${randomBytes(12).toString("hex")}`;
}
