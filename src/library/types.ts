/**
 * What the library hands out and takes: plain types, which stand for themselves in a package without its sources. That
 * they say the same as the engine's contract is checked where the library is tested.
 */

/** How `startInspector` starts. */
export interface InspectorOptions {
  /** Where each delivery is forwarded to: a URL, or a port of this machine. Nowhere unless given; see `forwardTo`. */
  readonly forwardTo?: string | number;
  /** Counts as the secret of every webhook that is not known, as `APIVIDEO_WEBHOOK_SECRET` does. */
  readonly webhookSecret?: string;
  /** A folder that stays. Unless given, one that is made for this time and goes with it. */
  readonly dataDir?: string;
  /** Where deliveries come in; any free port unless given. */
  readonly listenerPort?: number;
  /** How long the start may take, in milliseconds: 20 000 unless given. */
  readonly timeoutMs?: number;
  /** Gets each line that the engine writes on its standard error, for looking into what went wrong. */
  readonly log?: (line: string) => void;
}

/** How an event is made up; see `trigger` on the command line. */
export interface TriggerOptions {
  /** Fields of the payload by their paths, `{"quality": "720p"}` for example. */
  readonly set?: Readonly<Record<string, Json>>;
  readonly signature?: "valid" | "wrong-secret" | "missing" | "reserialised";
  readonly dialect?: "api-video" | "tutorial";
  /** 1 unless given, 1000 at most. */
  readonly count?: number;
}

export interface WaitOptions {
  /** In milliseconds: 10 000 unless given. */
  readonly timeoutMs?: number;
  /** Only what came after this delivery counts; without it, what is there already counts too. */
  readonly after?: Pick<Delivery, "id">;
}

export interface ReplayOptions {
  /** A URL, a port or a target's name. Where deliveries are forwarded to unless given. */
  readonly to?: string | number;
  /** What is sent instead; the edited delivery is kept beside the one it was made of. */
  readonly edits?: {
    readonly method?: string;
    readonly path?: string;
    readonly headers?: readonly (readonly [name: string, value: string])[];
    readonly body?: string;
  };
  /** As it was, with its webhook's secret, or with this one. As it was unless given. */
  readonly sign?: "keep" | "webhook" | { readonly secret: string };
}

/** One request that arrived. */
export interface Delivery {
  readonly id: string;
  /** ISO 8601, UTC. */
  readonly receivedAt: string;
  readonly source: "received" | "simulated" | "edited" | "imported";
  readonly method: string;
  /** With its query, as received. */
  readonly path: string;
  /** The event's type as the body says it; null where it says none. */
  readonly type: string | null;
  /** Ids as the body says them. */
  readonly subject: { readonly videoId?: string | undefined; readonly liveStreamId?: string | undefined };
  readonly verification: {
    readonly state: "verified" | "failed" | "unsigned" | "unchecked";
    readonly cause?: string | undefined;
  };
  readonly webhookId?: string | undefined;
  readonly bodyBytes: number;
  /** The earlier delivery that this one repeats. */
  readonly duplicateOf?: string | undefined;
  /** What the target answered last; `status` is null where no answer came. */
  readonly lastAttempt?:
    | {
        readonly status: number | null;
        readonly ms: number;
        readonly verdict: "accepted" | "refused" | "unreachable";
      }
    | undefined;
}

/** One sending of a delivery to a target. */
export interface Attempt {
  readonly id: string;
  readonly deliveryId: string;
  readonly kind: "forward" | "replay";
  readonly target: string;
  readonly startedAt: string;
  /** From the first byte sent to the last byte of the answer. */
  readonly ms: number;
  readonly outcome:
    | {
        readonly kind: "answered";
        readonly status: number;
        readonly headers: readonly (readonly [name: string, value: string])[];
        /** The first 1 MiB. */
        readonly bodyBase64: string;
        readonly bodyBytes: number;
      }
    | { readonly kind: "unreachable"; readonly reason: string; readonly message: string };
}

/** A delivery with all that is kept of it. */
export interface DeliveryDetail extends Omit<Delivery, "lastAttempt"> {
  /** As received: order, case and repeats. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Lowercase hex. */
  readonly bodySha256: string;
  /** Oldest first. */
  readonly attempts: readonly Attempt[];
}

export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

/** An inspector of one's own: an engine in a process beside the tests, with a simulator in place of api.video. */
export interface Inspector extends AsyncDisposable {
  /** Where deliveries come in. */
  readonly url: string;
  /** The secret that signs what `trigger` sends; a handler under test checks signatures with it. */
  readonly webhookSecret: string;
  /** Everything kept lies here. */
  readonly dataDir: string;
  /** From here on, deliveries are forwarded there; null: nowhere. */
  forwardTo(target: string | number | null): Promise<void>;
  /** Sends simulated, signed events, and answers once they are stored, in the order of their sending. */
  trigger(type: string, options?: TriggerOptions): Promise<DeliveryDetail[]>;
  /**
   * The oldest delivery that a search finds, as soon as there is one: `type:video.encoding.quality.completed quality=720p`,
   * `status:200` (once its target said so), `sig:failed`. Rejects with an InspectorError `wait.timeout`, which says what
   * came instead.
   */
  waitFor(query: string, options?: WaitOptions): Promise<Delivery>;
  /** What a search finds, newest first, 500 at most; all of it without one. */
  list(query?: string): Promise<Delivery[]>;
  get(id: string): Promise<DeliveryDetail>;
  /** The exact bytes. */
  body(id: string): Promise<Uint8Array>;
  /** Sends a delivery again, and answers when that has ended. A 500 of the target is an answer, not an error. */
  replay(id: string, options?: ReplayOptions): Promise<Attempt>;
  /** Any command of the control API, by its name. */
  call(command: string, input?: object): Promise<unknown>;
  /** Ends it, and takes the folder that was made for it; the same as leaving the scope of `await using`. */
  stop(): Promise<void>;
}
