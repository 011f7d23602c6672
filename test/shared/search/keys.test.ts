import { describe, expect, it } from "vitest";
import { KEY_FACTS } from "#shared/search/keys.ts";
import { parseQuery } from "#shared/search/parse-query.ts";
import { QUERY_KEYS } from "#shared/search/query.ts";

const isRead = (query: string) => parseQuery(query).errors.length === 0;

describe("a key of the search", () => {
  it.each(QUERY_KEYS)("%s has an example that can be read, and a meaning of its own in one line", (key) => {
    const { example, meaning } = KEY_FACTS[key];

    expect(parseQuery(example)).toMatchObject({ terms: [{ kind: "field", key }], errors: [] });
    expect(meaning).toMatch(/^[A-Z].{5,60}$/);
    expect(QUERY_KEYS.filter((other) => KEY_FACTS[other].meaning === meaning)).toEqual([key]);
  });

  it("takes each value that it lists, and no other", () => {
    const listed = QUERY_KEYS.filter((key) => KEY_FACTS[key].options !== undefined);

    expect(listed).toEqual(["sig", "cause", "is", "source"]);
    for (const key of listed) {
      for (const option of KEY_FACTS[key].options ?? []) {
        expect([option, isRead(`${key}:${option}`)]).toEqual([option, true]);
        expect([option, isRead(`${key}:${option}x`)]).toEqual([option, false]);
      }
    }
  });

  it("that takes any text takes none that is only space", () => {
    for (const key of ["type", "video", "live", "path", "webhook", "note"]) {
      expect(isRead(`${key}:"any text"`)).toBe(true);
      expect(parseQuery(`x ${key}:" "`).errors).toEqual([
        { start: 3 + key.length, end: 6 + key.length, message: `${key}: does not take “ ”. It takes some text.` },
      ]);
    }
  });

  it.each([
    ["answer code response", "status"],
    ["event", "type"],
    ["signature state", "sig"],
    ["reason", "cause"],
    ["videoid", "video"],
    ["stream livestreamid", "live"],
    ["url", "path"],
    ["since received", "after"],
    ["until", "before"],
    ["delivery", "id"],
    ["webhookid", "webhook"],
  ])("called %s is known to be %s", (names, key) => {
    for (const name of names.split(" ")) {
      expect(parseQuery(`${name}:1`).errors).toEqual([
        {
          start: 0,
          end: name.length + 1,
          message: `There is no key “${name}:”. Did you mean ${key}:?`,
          meant: `${key}:`,
        },
      ]);
    }
  });
});
