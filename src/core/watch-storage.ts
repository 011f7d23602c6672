import { AppError } from "#shared/errors.ts";
import type { Problems } from "./problems.ts";

const PROBLEM_ID = "storage";
const TOLD_TO_TRY_AGAIN = "api.video is told to try again, which it does for a few seconds.";
const GOES_AWAY = "This goes away with the next one that can be kept.";

/**
 * `append`, which tells of it when a delivery could not be kept, once, and that it is over when one is kept again. The
 * sender was told 503 and tries again, for as long as it does.
 */
export function watchStorage<D, A>(
  append: (delivery: D) => Promise<A>,
  problems: Problems,
): (delivery: D) => Promise<A> {
  let isFailing = false;

  function kept(appended: A): A {
    if (isFailing) problems.clear(PROBLEM_ID);
    isFailing = false;
    return appended;
  }

  function failed(error: unknown): never {
    if (!isFailing) problems.raise({ id: PROBLEM_ID, ...words(error) });
    isFailing = true;
    throw error;
  }

  return (delivery) => append(delivery).then(kept, failed);
}

function words(error: unknown): { title: string; message: string } {
  if (error instanceof AppError && error.code === "store.full") {
    return {
      title: "The disk is full: new deliveries are turned away.",
      message: `${TOLD_TO_TRY_AGAIN} Free some space, or keep fewer deliveries. ${GOES_AWAY}`,
    };
  }
  if (error instanceof AppError && error.code === "store.busy") {
    return {
      title: "The disk is too slow: some new deliveries are turned away.",
      message: `${TOLD_TO_TRY_AGAIN} More wait for the disk than fits into memory: look what else keeps it busy. ${GOES_AWAY}`,
    };
  }
  const message = error instanceof AppError ? error.message : "The log of the inspector says why.";
  return { title: "New deliveries are turned away: they cannot be kept.", message };
}
