import type { Verification } from "#shared/domain/verification.ts";
import type { StackCode } from "./stacks.ts";

/** What in this code keeps this cause away, in one or two sentences. */
export function preventionWords({ rawBytes, compare }: StackCode, { state, cause }: Verification): string {
  switch (cause) {
    case "reserialised-body":
    case "body-altered":
      return rawBytes;
    case "wrong-secret":
    case "unknown-webhook":
      return "This code has one secret. Where several webhooks call it, look the secret up by the X-Api-Video-WebhookID header: each has its own, and a new webhook a new one.";
    case "secret-form":
      return "The key is the variable's text as it is. Put the whole secret there, sig_sec_ included, without quotation marks or a newline.";
    case "encoding":
    case "malformed-signature":
      return `${compare} is given the header as it came and 64 lower-case hex digits, as api.video writes them. Any other notation is refused.`;
    case "algorithm":
      return "HMAC-SHA256 stands in the code and is not read from the request, so nobody can choose a weaker one.";
    case "no-match":
      return `${compare} refuses what does not fit, in the same time wherever the two differ. ${rawBytes}`;
    case undefined:
      return state === "unsigned"
        ? `A missing header counts as an empty text, which ${compare} refuses: the answer is 401.`
        : rawBytes;
  }
}
