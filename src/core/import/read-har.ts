import * as z from "zod";
import { AppError } from "#shared/errors.ts";
import { foreignBody, foreignHeaders, foreignPath, mayBeWebhook, PostData } from "./foreign-har.ts";
import {
  broken,
  EXTRAS,
  fromBase64,
  type ImportFile,
  LooseTime,
  parseJson,
  type Reading,
  toExtras,
  toReading,
  withoutBom,
  wordsOf,
} from "./imported-request.ts";

const Har = z.object({ log: z.object({ entries: z.array(z.unknown()) }) });

/** Of the answer nothing is read: it is what another server said. */
const Entry = z.object({
  startedDateTime: LooseTime,
  request: z.object({
    method: z.string(),
    url: z.string(),
    headers: z.array(z.object({ name: z.string(), value: z.string() })).nullish(),
    postData: PostData.nullish(),
    bodySize: z.number().nullish().catch(null),
  }),
  /** What our own exports add: the path exactly as it came, and what we know besides. */
  _delivery: z
    .object({ path: z.string(), ...EXTRAS })
    .optional()
    .catch(undefined),
});
type Entry = z.infer<typeof Entry>;

/**
 * HAR 1.2 (http://www.softwareishard.com/blog/har-12-spec/), our own and that of browsers and proxies: every request that
 * could be a webhook. Throws AppError `input.invalid` for what is no HAR at all.
 */
export function readHar(text: string): ImportFile {
  const har = Har.safeParse(parseJson(withoutBom(text)));
  if (!har.success) {
    throw new AppError("input.invalid", "This is no HAR: a HAR is JSON with a list of entries in log.entries.");
  }
  const { entries } = har.data.log;
  return { total: entries.length, readings: readEntries(entries) };
}

function* readEntries(entries: readonly unknown[]): Generator<Reading> {
  for (const [index, value] of entries.entries()) {
    const entry = Entry.safeParse(value);
    if (!entry.success) yield broken(index + 1, wordsOf(entry.error));
    else yield entry.data._delivery === undefined ? readForeign(index + 1, entry.data) : readOwn(index + 1, entry.data);
  }
}

/** Nothing of it is guessed: what it does not say exactly, it was not exported with. */
function readOwn(number: number, { startedDateTime, request, _delivery }: Entry): Reading {
  const { method, headers, postData, bodySize } = request;
  const base64 = postData?._bodyBase64;
  const body = base64 == null ? Buffer.from(postData?.text ?? "") : fromBase64(base64);
  if (body === null) return broken(number, "Its body is no base64.");
  if (bodySize != null && bodySize >= 0 && bodySize !== body.length) {
    return broken(number, `Its body has ${body.length} bytes, and should have ${bodySize}.`);
  }
  return toReading(number, {
    ...{ method, path: _delivery?.path ?? "", body },
    headers: (headers ?? []).map(({ name, value }) => [name, value]),
    ...toExtras({ ..._delivery, receivedAt: startedDateTime }),
  });
}

function readForeign(number: number, { startedDateTime, request }: Entry): Reading {
  const { method, url, headers, postData, bodySize } = request;
  const body = foreignBody(postData ?? {}, bodySize ?? null);
  if (typeof body === "string") return broken(number, body);
  if (!mayBeWebhook(method, body)) return { kind: "ignored", number };
  return toReading(number, {
    ...{ method, path: foreignPath(url), headers: foreignHeaders(headers ?? []), body },
    ...toExtras({ receivedAt: startedDateTime }),
  });
}
