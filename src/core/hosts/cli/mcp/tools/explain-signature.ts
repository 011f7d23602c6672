import * as z from "zod";
import { commands } from "#shared/contract/commands.ts";
import { Diagnosis } from "#shared/domain/verification.ts";
import { diagnosisLines } from "../../diagnosis-lines.ts";
import { defineTool } from "../tool.ts";
import { seenLine } from "../untrusted.ts";

const { input } = commands["verification.explain"];

export const explainSignature = defineTool({
  name: "explain_signature",
  title: "Explain a webhook's signature",
  description:
    "Check a delivery's signature again, with the secrets that the app knows, and say why it does not fit: wrong secret, re-serialised JSON, another encoding… Use it when a handler refuses a webhook, or a delivery is `failed` or `unchecked`. It never says a secret, nor what the right signature would be.",
  uses: ["verification.explain"],
  needs: "history",
  hasCaptured: true,
  input: z.strictObject({ id: input.shape.id }),
  facts: Diagnosis.pick({ state: true, cause: true, title: true, advice: true }).extend({ id: z.string() }),
  async run({ id }, { call }) {
    const diagnosis = await call("verification.explain", { id });
    return {
      facts: { id, ...diagnosis },
      // A valid signature for bytes that a stranger chose is worth nearly as much as the secret.
      captured: diagnosisLines({ ...diagnosis, computed: null }, undefined).map((line) => seenLine(line, 2_000)),
    };
  },
});
