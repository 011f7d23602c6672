import { type Fact, fact } from "./sources.ts";

/** How often one event is sent at most: once, and three times again. Older pages of the documentation say three in all. */
export const MAX_REQUESTS = 4;

export const RETRIES: Fact = fact(
  `A status from 300 on counts as failed, and api.video tries again: ${MAX_REQUESTS} requests in all at most, three seconds apart.`,
  "guide",
);
