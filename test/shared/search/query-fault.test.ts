import { describe, expect, it } from "vitest";
import { AppError } from "#shared/errors.ts";
import { parseQuery } from "#shared/search/parse-query.ts";
import { queryFaultOf, toQueryFault } from "#shared/search/query-fault.ts";

function faultOf(query: string): AppError {
  return toQueryFault(query, parseQuery(query).errors);
}

describe("the error of a search that cannot be read", () => {
  it("says what is wrong first, and how much more there is", () => {
    expect(faultOf('x "a').message).toBe('The search cannot be read. This quote is not closed: add a ".');
    expect(faultOf("--- -- -").message).toBe(
      "The search cannot be read. There is no letter or digit to look for. (And 2 more.)",
    );
  });

  it("carries each place through JSON, to be shown there", () => {
    const query = "sig:x -- y";
    const arrived = AppError.fromBody(JSON.parse(JSON.stringify(faultOf(query).toBody())));

    expect(queryFaultOf(arrived)).toEqual({
      query,
      errors: [
        { start: 4, end: 5, message: expect.stringContaining("sig: does not take") },
        { start: 6, end: 8, message: expect.stringContaining("no letter or digit") },
      ],
    });
  });

  it("is no other error", () => {
    const { details } = faultOf("--");

    expect(queryFaultOf(new AppError("input.invalid", "x"))).toBeNull();
    expect(queryFaultOf(new AppError("internal", "x", { details }))).toBeNull();
    expect(queryFaultOf(new AppError("input.invalid", "x", { details: { query: "x", errors: [] } }))).toBeNull();
  });
});
