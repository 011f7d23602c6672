import type { Command } from "commander";
import type { Diagnosis } from "#shared/domain/verification.ts";
import { AppError } from "#shared/errors.ts";
import { isDeliveryId } from "#shared/search/values.ts";
import { diagnose } from "../../../verification/diagnose.ts";
import { onlySecret } from "../../../verification/known-secrets.ts";
import { OTHER_SIDE_EXIT_CODE } from "../../exit-codes.ts";
import { addDataDirFlag, type HostFlags } from "../../host-options.ts";
import { connectToHistory } from "../connect-engine.ts";
import { diagnosisLines } from "../diagnosis-lines.ts";
import { addFormatFlag, type Format, printJson, printLine } from "../format.ts";
import { readBytes } from "../read-bytes.ts";
import { pipedSecret } from "../read-secret.ts";

interface VerifyFlags extends HostFlags {
  readonly body?: string;
  readonly signature?: string;
  readonly secretStdin?: boolean;
  readonly format: Format;
}

/** A secret to check with, and where it was given. */
interface GivenSecret {
  readonly secret: string;
  readonly from: string;
}

const VARIABLE = "APIVIDEO_WEBHOOK_SECRET";

/** Adds `verify` to the commands of `events`. */
export function addVerifyCommand(events: Command): void {
  addFormatFlag(addDataDirFlag(events.command("verify [id]")))
    .summary("Check a signature, and say why it does not fit")
    .description("Check the signature of a delivery (d12), or of the body in a file, and say why it does not fit")
    .option("--body <file>", "check the bytes of a file; - is stdin")
    .option("--signature <hex>", "the X-Api-Video-Signature header that came with them, as it came")
    .option("--secret-stdin", `read the webhook's secret from standard input (else: ${VARIABLE})`)
    .addHelpText(
      "after",
      [
        "",
        "A file needs neither a running app nor its data. A delivery is checked with the secret from standard input, else with",
        `those that the app knows, else with that of ${VARIABLE}. Secrets are never arguments.`,
        "Exit code: 0 verified, 5 failed, unsigned or unchecked, 2 wrong flags or no secret, 4 there is no such delivery.",
        "",
        "Example: apivideo-inspector events verify --body payload.json --signature 27a77d3a… --secret-stdin < secret.txt",
      ].join("\n"),
    )
    .action(verify);
}

async function verify(id: string | undefined, flags: VerifyFlags): Promise<void> {
  const checked = readChecked(id, flags);
  const given = await givenSecret(flags);
  const { diagnosis, from } =
    checked.kind === "body"
      ? { diagnosis: await verifyBody(checked, given), from: given?.from }
      : await verifyDelivery(checked.id, flags, given);
  if (flags.format === "json") printJson(diagnosis);
  else for (const line of diagnosisLines(diagnosis, from)) printLine(line);
  if (diagnosis.state !== "verified") process.exitCode = OTHER_SIDE_EXIT_CODE;
}

type Checked = { readonly kind: "delivery"; readonly id: string } | CheckedBody;

interface CheckedBody {
  readonly kind: "body";
  readonly file: string;
  readonly signature: string;
}

function readChecked(id: string | undefined, { body, signature, secretStdin }: VerifyFlags): Checked {
  if (id !== undefined && body === undefined) {
    if (!isDeliveryId(id)) throw wrong(`${JSON.stringify(id)} is no delivery. Name one (d12), or a file with --body.`);
    if (signature !== undefined) throw wrong("--signature is for --body: a delivery came with its own.");
    return { kind: "delivery", id };
  }
  if (id !== undefined || body === undefined) throw wrong("Name one delivery (d12), or a file with --body.");
  if (signature === undefined) throw wrong("Give the signature that came with the body: --signature HEX.");
  if (body === "-" && secretStdin) {
    throw wrong(`Standard input is the body or the secret, not both. Give the secret in ${VARIABLE}, or name a file.`);
  }
  return { kind: "body", file: body, signature };
}

async function verifyBody({ file, signature }: CheckedBody, given: GivenSecret | undefined): Promise<Diagnosis> {
  if (given === undefined) throw wrong(`Give the webhook's secret: in ${VARIABLE}, or with --secret-stdin.`);
  const claim = { signatures: [signature], webhookId: undefined, body: await readBytes(file) };
  return diagnose(claim, onlySecret(given.secret, undefined));
}

/** The variable is for webhooks whose secret nobody else knows: it must not make a failure of what the app can verify. */
async function verifyDelivery(
  id: string,
  flags: VerifyFlags,
  given: GivenSecret | undefined,
): Promise<{ diagnosis: Diagnosis; from: string | undefined }> {
  await using connection = await connectToHistory(flags);
  const { client } = connection;
  if (!flags.secretStdin) {
    const diagnosis = await client.call("verification.explain", { id });
    if (given === undefined || diagnosis.state !== "unchecked") return { diagnosis, from: undefined };
  }
  const diagnosis = await client.call("verification.explain", { id, ...(given && { secret: given.secret }) });
  return { diagnosis, from: given?.from };
}

async function givenSecret({ secretStdin }: VerifyFlags): Promise<GivenSecret | undefined> {
  if (!secretStdin) {
    const secret = process.env[VARIABLE];
    return secret ? { secret, from: VARIABLE } : undefined;
  }
  return { secret: await pipedSecret("--secret-stdin"), from: "standard input" };
}

function wrong(message: string): AppError {
  return new AppError("input.invalid", message);
}
