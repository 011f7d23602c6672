import type { HeaderPairs } from "#shared/domain/headers.ts";
import type { LaunchOption } from "#shared/domain/launch-option.ts";
import type { Settings } from "#shared/domain/settings.ts";

/** What a host says when it starts an engine. Settings named here go before the saved ones and are not saved. */
export interface EngineOptions {
  readonly dataDir: string;
  /** 0 means any free port. */
  readonly listenerPort: number;
  readonly flags: Partial<Settings>;
  readonly variables: Partial<Settings>;
  /** All that was decided at the start, to be shown; left out by hosts without a face. */
  readonly launch?: readonly LaunchOption[];
  /** From APIVIDEO_API_KEY or stdin; counts for whichever environment is chosen, and is never kept. */
  readonly apiKey?: string;
  /** From APIVIDEO_WEBHOOK_SECRET; counts as the secret of every webhook that is not known. */
  readonly webhookSecret?: string;
  /**
   * Hands over the secret of each webhook that this run makes, for a host whose user asked to see it. It goes to the
   * process that holds the engine only: no command and no event has it.
   */
  readonly onWebhookSecret?: (webhookId: string, secret: string) => void;
  /** What goes to the default target has these headers, and its certificate is not checked where it need not be. */
  readonly forward?: { readonly headers: HeaderPairs; readonly skipVerify: boolean };
  /** False for short commands: open no tunnel, register nothing. */
  readonly connect: boolean;
}
