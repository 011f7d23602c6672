import { AppError } from "#shared/errors.ts";

/** What to tell the user of a failure: an AppError says it itself, anything else is a bug of ours. */
export function toMessage(error: unknown): string {
  if (error instanceof AppError) return error.message;
  return "Something went wrong inside the app. Try again, and report it if it stays.";
}
