/** The secrets a signature can be checked with. Read anew for each delivery. */
export interface KnownSecrets {
  /** Those of one webhook, newest first, past ones too; empty for an unknown webhook. */
  of(webhookId: string): readonly string[];
  /** Those of every webhook, newest first. */
  all(): readonly { readonly webhookId: string; readonly secret: string }[];
  /** From APIVIDEO_WEBHOOK_SECRET: counts as the secret of every webhook that is not known. */
  readonly environment: string | undefined;
}

/** A secret, and whose it is: a webhook's id or ENVIRONMENT_SECRET. Only `of` may ever be shown. */
export interface Candidate {
  readonly of: string;
  readonly secret: string;
}

/** How the environment's secret is named to the user. */
export const ENVIRONMENT_SECRET = "APIVIDEO_WEBHOOK_SECRET";

/** A secret to try counts as the only one there is, also for a delivery that names no webhook. */
export function onlySecret(secret: string, webhookId: string | undefined): KnownSecrets {
  const all = webhookId ? [] : [{ webhookId: "the webhook tried", secret }];
  return { of: () => [secret], all: () => all, environment: undefined };
}

/** The secrets that count for a delivery: if one of them fits, it is verified. Empty where none can count. */
export function countingSecrets(webhookId: string | undefined, secrets: KnownSecrets): readonly Candidate[] {
  if (!webhookId) return [...webhookSecrets(secrets), ...environmentSecret(secrets)];
  const own = secrets.of(webhookId);
  return own.length > 0 ? own.map((secret) => ({ of: webhookId, secret })) : environmentSecret(secrets);
}

/** The secrets that do not count for a delivery, but tell who signed it if one of them fits. */
export function otherSecrets(webhookId: string | undefined, secrets: KnownSecrets): readonly Candidate[] {
  if (!webhookId) return [];
  const others = webhookSecrets(secrets).filter((candidate) => candidate.of !== webhookId);
  const isKnown = secrets.of(webhookId).length > 0;
  return isKnown ? [...others, ...environmentSecret(secrets)] : others;
}

function webhookSecrets(secrets: KnownSecrets): readonly Candidate[] {
  return secrets.all().map(({ webhookId, secret }) => ({ of: webhookId, secret }));
}

function environmentSecret({ environment }: KnownSecrets): readonly Candidate[] {
  return environment === undefined ? [] : [{ of: ENVIRONMENT_SECRET, secret: environment }];
}

/**
 * The secret to sign with as the webhook of a delivery would: its newest. Where none is named, that of the only webhook
 * there is; undefined where none is known or several could be meant.
 */
export function signingSecret(webhookId: string | undefined, secrets: KnownSecrets): Candidate | undefined {
  const [newest, ...others] = countingSecrets(webhookId, secrets);
  return others.every((other) => other.of === newest?.of) ? newest : undefined;
}
