import { describe, expect, it } from "vitest";
import { createClock } from "#core/lib/clock.ts";

describe("the clock", () => {
  it("has the fractions of the monotonic source", () => {
    let monotonic = 0;
    const clock = createClock(
      () => Math.floor(1_000_000 + monotonic),
      () => monotonic,
    );

    const start = clock.now();
    monotonic += 0.25;

    expect(clock.now() - start).toBeCloseTo(0.25, 6);
  });

  it("follows the wall clock after a sleep, in which the monotonic source stood still", () => {
    let wall = 1_000_000;
    const clock = createClock(
      () => wall,
      () => 0,
    );

    wall += 3_600_000;

    expect(clock.now()).toBe(1_000_000 + 3_600_000);
  });

  it("follows the wall clock back as well", () => {
    let wall = 1_000_000;
    const clock = createClock(
      () => wall,
      () => 0,
    );

    wall -= 10_000;

    expect(clock.now()).toBe(990_000);
  });
});
