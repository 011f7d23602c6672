import type { VerificationCause, VerificationState } from "#shared/domain/verification.ts";
import type { Flag } from "#shared/search/values.ts";

/** What each value that can be offered means, in a few words. */
export const STATE_MEANINGS: Readonly<Record<VerificationState, string>> = {
  verified: "The signature fits",
  failed: "A secret is known, and it does not fit",
  unsigned: "It has no signature header",
  unchecked: "There is no secret to check with",
};

export const CAUSE_MEANINGS: Readonly<Record<VerificationCause, string>> = {
  "wrong-secret": "Another known secret fits",
  "reserialised-body": "It fits the JSON written anew",
  "body-altered": "It fits with other line ends, BOM or charset",
  encoding: "Base64, upper case or a prefix",
  "secret-form": "It fits another form of the secret",
  algorithm: "It fits another algorithm",
  "malformed-signature": "No signature by its form",
  "unknown-webhook": "The webhook it names is not known here",
  "no-match": "Nothing that was tried fits",
};

export const STATUS_MEANINGS: Readonly<Record<string, string>> = {
  refused: "Your server answered, but not with 2xx",
  unreachable: "Nobody answered",
  accepted: "Your server answered 2xx",
  none: "Not forwarded",
  "5xx": "Errors of your server",
  "4xx": "Your server did not want it",
};

export const MOMENT_MEANINGS: Readonly<Record<string, string>> = {
  "10m": "Ten minutes ago",
  "1h": "An hour ago",
  today: "Since midnight",
  yesterday: "The midnight before",
};

export const FLAG_MEANINGS: Readonly<Record<Flag, string>> = {
  pinned: "Kept whatever the limits say",
  noted: "With a note of yours",
  incomplete: "Cut, broken off, timed out or malformed",
  repeat: "The same body as one shortly before",
  simulated: "From the simulator",
  edited: "Changed by you and sent",
  imported: "From a file",
};
