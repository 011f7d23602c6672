import { hash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FORMATS } from "#core/export/formats.ts";
import type { ImportFile, Reading } from "#core/import/imported-request.ts";
import { readHar } from "#core/import/read-har.ts";
import { readJsonl } from "#core/import/read-jsonl.ts";
import { requestHead } from "#core/replay/wire/request-head.ts";
import { ImportFormat } from "#shared/contract/import-commands.ts";
import { AppError } from "#shared/errors.ts";
import { splitImport } from "#shared/import/split-import.ts";
import { times } from "../../helpers/fuzz.ts";
import { type Sent, sent, toExported } from "../../helpers/generated-deliveries.ts";

const READERS: Readonly<Record<ImportFormat, (text: string) => ImportFile>> = { har: readHar, jsonl: readJsonl };

function writtenAs(format: ImportFormat, deliveries: readonly Sent[]): string {
  const surroundings = { target: new URL("http://localhost:3000"), language: "node" as const, version: "0.0.0" };
  return FORMATS[format](deliveries.map(toExported), surroundings)[0]?.text ?? "";
}

/** What a file is read as, or the code of the error that says it cannot be. */
function readAll(format: ImportFormat, text: string): Reading[] | string {
  try {
    return [...READERS[format](text).readings];
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
}

describe.each(ImportFormat.options)("%s", (format) => {
  it("gives back exactly the requests that were exported", () => {
    fc.assert(
      fc.property(fc.array(sent, { maxLength: 5 }), (deliveries) => {
        const readings = readAll(format, writtenAs(format, deliveries));

        expect(readings).toEqual(
          deliveries.map(({ method, path, headers, body, receivedAt }, index) => ({
            kind: "request",
            number: index + 1,
            request: {
              ...{ method, path, headers, body: Buffer.from(body), receivedAt: receivedAt.getTime() },
              ...{ note: null, answered: null },
            },
          })),
        );
      }),
      { numRuns: times(200) },
    );
  });

  it("is read in parts as it is in one", () => {
    const line = { method: "POST", path: "/", headers: [], body: new Uint8Array(), receivedAt: new Date() };
    const large = { ...line, body: new TextEncoder().encode("x".repeat(1_500_000)) };
    const text = writtenAs(format, [...Array.from({ length: 1_200 }, () => line), large, large, line]);

    const parts = [...splitImport(format, `\ufeff${text}`)];

    const inParts = parts.flatMap(({ text: part, first }) =>
      [...READERS[format](part).readings].map((one) => ({ ...one, number: one.number + first - 1 })),
    );
    expect(parts.length).toBeGreaterThan(3);
    expect(hash("sha256", JSON.stringify(inParts))).toBe(hash("sha256", JSON.stringify(readAll(format, text))));
  });

  const hostile = fc.oneof(
    fc.string({ unit: "binary", maxLength: 200 }),
    fc.json({ maxDepth: 5 }),
    fc.array(fc.json(), { maxLength: 5 }).map((lines) => lines.join("\n")),
    fc.array(fc.json(), { maxLength: 4 }).map((entries) => `{"log":{"entries":[${entries.join()}]}}`),
    fc
      .tuple(fc.array(sent, { minLength: 1, maxLength: 3 }), fc.nat(), fc.string({ unit: "binary", maxLength: 5 }))
      .map(([deliveries, at, damage]) => {
        const text = writtenAs(format, deliveries);
        const place = at % text.length;
        return text.slice(0, place) + damage + text.slice(place + damage.length);
      }),
    fc.constantFrom(
      `{"log":{"entries":[${"[".repeat(100_000)}${"]".repeat(100_000)}]}}`,
      "[".repeat(100_000),
      '{"a":'.repeat(100_000),
      '{"__proto__":{"method":"POST"}}',
      "1e999",
      "\ufeff",
    ),
  );

  it("takes any text without a crash, and nothing from it that HTTP could not carry", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const readings = readAll(format, text);
        for (const { text: part } of splitImport(format, text)) readAll(format, part);

        if (typeof readings === "string") expect(readings).toBe("input.invalid");
        else
          for (const one of readings) {
            if (one.kind === "request") requestHead(one.request.method, one.request.path, one.request.headers);
          }
      }),
      { numRuns: times(300) },
    );
  });
});
