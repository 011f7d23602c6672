import { type HeaderPairs, SIGNATURE_HEADER, WEBHOOK_ID_HEADER } from "#shared/domain/headers.ts";
import { formatBytes } from "../../theme/format.ts";

/** Headers that may stand more than once without anybody wondering. */
const MAY_REPEAT = new Set(["set-cookie", "via", "forwarded", "x-forwarded-for", "accept", "cookie", "warning"]);
/** A name as HTTP allows it (RFC 9110, section 5.6.2); Node lets no other through, an import could. */
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

/** What is unusual about the headers of a delivery, each in a sentence; empty where nothing is. */
export function headerOddities(headers: HeaderPairs, bodyBytes: number, isWhole: boolean): string[] {
  const values = new Map<string, string[]>();
  for (const [name, value] of headers) {
    const key = name.toLowerCase();
    values.set(key, [...(values.get(key) ?? []), value]);
  }
  const oddities: string[] = [];
  for (const [name, all] of values) {
    if (all.length > 1 && !MAY_REPEAT.has(name)) oddities.push(repeatWords(name, all));
    if (!TOKEN.test(name)) oddities.push(`The name “${name}” is none that HTTP allows.`);
  }
  if (values.has(SIGNATURE_HEADER) && !values.has(WEBHOOK_ID_HEADER)) {
    oddities.push("It is signed but names no webhook: api.video sends both headers, so every known secret was tried.");
  }
  if (values.has("transfer-encoding") && values.has("content-length")) {
    oddities.push(
      "It has both Content-Length and Transfer-Encoding, which HTTP forbids: two readers can see two bodies.",
    );
  }
  const length = values.get("content-length")?.[0];
  if (isWhole && length !== undefined && Number(length) !== bodyBytes) {
    oddities.push(`Content-Length says ${length}, but ${formatBytes(bodyBytes)} came.`);
  }
  const type = values.get("content-type")?.[0];
  if (values.has(SIGNATURE_HEADER) && type !== undefined && !/^application\/json\b/i.test(type)) {
    oddities.push("api.video sends application/json; some frameworks do not parse a body of another type.");
  }
  return oddities;
}

function repeatWords(name: string, values: readonly string[]): string {
  const isSame = new Set(values).size === 1;
  if (name === SIGNATURE_HEADER) {
    return `There are ${values.length} signatures${isSame ? ", all alike" : ""}: a handler that reads one may not read the one that fits.`;
  }
  return `${name} stands ${values.length} times, ${isSame ? "with the same value" : "with different values"}.`;
}
