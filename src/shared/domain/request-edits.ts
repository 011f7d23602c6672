import * as z from "zod";
import { isHeaderName, isHeaderValue } from "./header-syntax.ts";
import { CONNECTION_HEADERS, REPLAY_HEADER } from "./headers.ts";

/** As much as the listener takes of a body. */
export const MAX_EDITED_BODY_BYTES = 10 * 1024 * 1024;
/** As much as the listener takes of a head. */
const MAX_HEAD_CHARS = 256 * 1024;
const MAX_NAME_CHARS = 1_000;

/** What is wrong with a method, in words; null where nothing is. It goes on the wire as it is written. */
export function methodFault(method: string): string | null {
  if (/^[!#$%&'*+.^_`|~0-9A-Z-]{1,64}$/.test(method)) return null;
  return "A method is a word in capitals, like POST.";
}

/** The same for a path with its query, in the form of a request line. */
export function pathFault(path: string): string | null {
  if (!path.startsWith("/")) return "A path begins with a slash.";
  if (path.length > MAX_HEAD_CHARS) return "The path is too long.";
  if (/^[!-"$-~\u0080-\u00ff]+$/.test(path)) return null;
  return "Spaces, # and what is not Latin-1 cannot stand in a path. Write a space as %20 and # as %23.";
}

/** The same for the name of a header. */
export function headerNameFault(name: string): string | null {
  if (name === "") return "A header needs a name.";
  if (isHeaderName(name) && name.length <= MAX_NAME_CHARS) return null;
  return "The name of a header has letters, digits and hyphens, no spaces and no colon.";
}

/** The same for the value of a header, one character per byte. */
export function headerValueFault(value: string): string | null {
  if (/[\r\n]/.test(value)) return "A line break cannot stand in a header.";
  // Any receiver drops it, so that it would never arrive.
  if (value !== value.replace(/^[ \t]+|[ \t]+$/g, "")) return "Take away the space at its beginning or end.";
  if (isHeaderValue(value)) return null;
  return "Control characters and what is not Latin-1 cannot stand in a header.";
}

/**
 * What becomes of a header on its way to the target: `length` and `host` are set anew, `dropped` ones are of one
 * connection only and never sent on.
 */
export function headerFate(name: string): "sent" | "length" | "host" | "dropped" {
  const key = name.toLowerCase();
  if (key === "content-length") return "length";
  if (key === "host") return "host";
  const isDropped = CONNECTION_HEADERS.has(key) || key === REPLAY_HEADER.toLowerCase() || key.startsWith("proxy-");
  return isDropped ? "dropped" : "sent";
}

/** Text that a check may find fault with, in the words of that check. */
function checked(faultOf: (text: string) => string | null) {
  return z.string().superRefine((text, context) => {
    const fault = faultOf(text);
    if (fault !== null) context.addIssue({ code: "custom", message: fault });
  });
}

const EditedHeaders = z
  .array(z.tuple([checked(headerNameFault), checked(headerValueFault)]))
  .refine((pairs) => pairs.reduce((sum, [name, value]) => sum + name.length + value.length + 4, 0) <= MAX_HEAD_CHARS, {
    error: "The headers are larger than 256 KiB.",
  });

/** Text is sent as UTF-8; bytes that are none come as base64. */
const EditedBody = z.union([z.string(), z.strictObject({ base64: z.string() })]).superRefine((body, context) => {
  const fault = bodyFault(body);
  if (fault !== null) context.addIssue({ code: "custom", message: fault });
});

/** What of a delivery is sent otherwise than it came; what is left out stays. `headers` is the whole new list, in order. */
export const RequestEdits = z.strictObject({
  method: checked(methodFault).optional(),
  path: checked(pathFault).optional(),
  headers: EditedHeaders.optional(),
  body: EditedBody.optional(),
});
export type RequestEdits = z.infer<typeof RequestEdits>;

function bodyFault(body: z.infer<typeof EditedBody>): string | null {
  const tooLarge = "The body is larger than 10 MiB.";
  if (typeof body === "string") {
    if (!body.isWellFormed()) return "The text has half a character in it, which cannot be written as UTF-8.";
    // No character has more bytes than three times its UTF-16 units.
    const isSurelyFit = body.length * 3 <= MAX_EDITED_BODY_BYTES;
    return isSurelyFit || new TextEncoder().encode(body).length <= MAX_EDITED_BODY_BYTES ? null : tooLarge;
  }
  const { base64 } = body;
  // One pattern for all of it would count its way back through millions of groups.
  const isBase64 = base64.length % 4 === 0 && !/[^A-Za-z0-9+/=]/.test(base64) && !/=[^=]|={3}/.test(base64);
  if (!isBase64) return "The body is not base64.";
  const padding = base64.endsWith("==") ? 2 : base64.endsWith("=") ? 1 : 0;
  return (base64.length / 4) * 3 - padding <= MAX_EDITED_BODY_BYTES ? null : tooLarge;
}
