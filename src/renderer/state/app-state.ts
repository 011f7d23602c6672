import type { ConnectionStatus } from "#shared/contract/connection.ts";
import type { AppSnapshot } from "#shared/contract/snapshot.ts";
import type { CommandOutput } from "#shared/contract/types.ts";
import type { DeliveryDetail, DeliverySummary } from "#shared/domain/delivery.ts";
import type { Gap } from "#shared/domain/gap.ts";
import type { Reconciliation } from "#shared/domain/missed-event.ts";
import type { RunSummary } from "#shared/domain/run.ts";
import type { TunnelTransition } from "#shared/domain/tunnel.ts";
import type { Webhook } from "#shared/domain/webhook.ts";
import type { Activity } from "./activity.ts";
import type { ComparedRef, ComparedSide } from "./compared-side.ts";
import type { Place } from "./hash.ts";
import { NO_RUNS, type RunsState } from "./runs-state.ts";
import { NO_TIMELINE, type TimelineState } from "./timeline-state.ts";

/** The engine as this window knows it. Changes only in `applyEvent` and when a load brings it anew. */
export interface EngineMirror extends AppSnapshot {
  readonly list: DeliveryList;
  /** When the path was down, newest first. */
  readonly gaps: readonly Gap[];
}

/**
 * A window on the list: some hundred deliveries without a hole among them, wherever the user looks. What lies above and
 * below is known by its count and loaded when it is scrolled to, so that memory does not grow with the list.
 */
export interface DeliveryList {
  /** The filter that `items` answers to; empty for all deliveries. */
  readonly query: string;
  readonly items: readonly DeliverySummary[];
  /** How many match that are newer than the first of `items`; 0 where the window begins at the top. */
  readonly newer: number;
  /** Where the next older page starts; null when the last of `items` is the oldest. */
  readonly before: string | null;
  /** How many match in all, loaded or not. */
  readonly total: number;
  /** The user has stopped the list: what arrives is counted and not shown. */
  readonly paused?: { readonly arrived: number };
  /** How many were seen to arrive since the window was opened: it only grows, whatever is deleted. */
  readonly arrivals: number;
}

/** Something that is fetched when it is looked at. A reload keeps the last value until the new one is there. */
export type Loaded<T> =
  | { readonly kind: "none" }
  | { readonly kind: "loading" }
  | { readonly kind: "ready"; readonly value: T }
  | { readonly kind: "failed"; readonly message: string };

/** A delivery's body as far as it was fetched: always a contiguous part from the first byte. */
export interface LoadedBody {
  readonly id: string;
  readonly bytes: Uint8Array;
  readonly totalBytes: number;
  readonly phase: "loading" | "ready" | "failed";
  readonly message?: string;
}

/** The last comparison of the account with the list, for the dialog that shows it. */
export type MissedSearch =
  | { readonly kind: "none" }
  | { readonly kind: "running"; readonly checkedVideos: number; readonly totalVideos: number | null }
  | { readonly kind: "ready"; readonly value: Reconciliation }
  | { readonly kind: "failed"; readonly code: string | null; readonly message: string };

export interface OpenedMenu {
  readonly x: number;
  readonly y: number;
  /** Opened by a key, so its first entry has the focus at once. */
  readonly isByKey: boolean;
}

export type Dialog =
  | { readonly kind: "trigger" }
  | { readonly kind: "scenario" }
  | { readonly kind: "shortcuts" }
  /** With `asks`, at the choices of the action with this id. */
  | { readonly kind: "palette"; readonly asks?: string }
  | { readonly kind: "profiles" }
  | { readonly kind: "diagnostics" }
  | { readonly kind: "erase" }
  | { readonly kind: "clear" }
  | { readonly kind: "fixtures"; readonly ids: readonly string[] }
  /** Without files it asks for some. */
  | { readonly kind: "import"; readonly files: readonly File[] }
  | { readonly kind: "webhook-secret"; readonly webhookId: string }
  | { readonly kind: "missed"; readonly gap: Gap }
  | { readonly kind: "edit"; readonly id: string }
  | { readonly kind: "hold" }
  | { readonly kind: "new-run"; readonly selection: RunSelection; readonly again?: RunSummary }
  | { readonly kind: "compare"; readonly before: ComparedRef; readonly after: ComparedRef };

/** What a new run is about: deliveries chosen one by one, or what a search finds. */
export type RunSelection = { readonly ids: readonly string[] } | { readonly query: string };

export interface Toast {
  readonly id: string;
  readonly tone: "neutral" | "bad";
  readonly text: string;
  readonly action?: { readonly label: string; readonly needsEngine?: true; readonly run: () => void };
}

/** The two sides of the comparison that is open, the older one first. */
export interface ComparedPair {
  readonly before: ComparedSide;
  readonly after: ComparedSide;
}

export interface WebhookList {
  readonly webhooks: readonly Webhook[];
  readonly limit: number;
}

export type SecretsStatus = CommandOutput<"secrets.status">;

/** What the reader of a comparison does not want to hear of. Paths are as in `Change`, with `*` or `[*]` for any one step. */
export interface IgnoreRules {
  readonly ids: boolean;
  readonly times: boolean;
  readonly paths: readonly string[];
}

/** How the user wants to see payloads; what has no such form is shown in the one it has. */
export interface PayloadChoice {
  readonly form: "tree" | "text";
  readonly isFormatted: boolean;
  readonly wraps: boolean;
}

/** What the user sees of it. Changes only by the user's own doing. */
export interface View extends Place {
  /** Below 640 px the detail covers the list; elsewhere this says nothing. */
  readonly isDetailOpen: boolean;
  /** The list has all the room there is beside or above the detail. */
  readonly isDetailHidden: boolean;
  readonly isAtTop: boolean;
  /** The newest row when the user scrolled away, and how many had arrived by then: all above it are new to them. */
  readonly topSeen: { readonly id: string; readonly arrivals: number } | null;
  /** Deliveries chosen to do something with together, loaded or not. */
  readonly markedIds: ReadonlySet<string>;
  /** From where a range of marks extends. */
  readonly markAnchorId: string | null;
  /** Folds whose repeats are shown, by the id of the delivery that is repeated. */
  readonly openFolds: ReadonlySet<string>;
  /** Whose note is being written, and how far it is; `text` null: as it was. */
  readonly noting: { readonly id: string; readonly text: string | null } | null;
  readonly dialog: Dialog | null;
  /** Where the menu of the selected delivery is open, in CSS pixels of the window. */
  readonly menu: OpenedMenu | null;
  /** Commands run from the palette, the last one first. */
  readonly recentActions: readonly string[];
  readonly toasts: readonly Toast[];
  /** How far from the window's bottom up the bars below the list reach, in CSS pixels; null where there are none. */
  readonly barsFromBottomPx: number | null;
  /** Deliveries whose replay is under way. */
  readonly replayingIds: readonly string[];
  readonly payload: PayloadChoice;
  /** The delivery that the next one chosen is compared with. */
  readonly comparedId: string | null;
  readonly ignoreRules: IgnoreRules;
  /** Failed signatures that came while nobody looked at the window. */
  readonly unseenFailed: number;
}

/** A sequence of simulated events that this window sends one after the other. */
export interface ScenarioPlay {
  readonly title: string;
  readonly sent: number;
  readonly total: number;
  /** When the next one is sent, in ms since 1970. */
  readonly dueAt: number;
  readonly stop: () => void;
}

export interface AppState {
  readonly connection: ConnectionStatus;
  /** Null until the first load; what is known stays when the engine cannot be reached. */
  readonly mirror: EngineMirror | null;
  /** Why the first load failed, where it did. */
  readonly loadError: string | null;
  /** Why the list could not follow the filter, where it could not: it still answers to the one before. */
  readonly listError: string | null;
  readonly detail: Loaded<DeliveryDetail>;
  readonly body: LoadedBody | null;
  readonly webhooks: Loaded<WebhookList>;
  readonly secrets: Loaded<SecretsStatus>;
  readonly transitions: Loaded<readonly TunnelTransition[]>;
  readonly missed: MissedSearch;
  readonly compared: Loaded<ComparedPair>;
  readonly timeline: TimelineState;
  readonly runs: RunsState;
  readonly activity: Loaded<Activity>;
  readonly playing: ScenarioPlay | null;
  readonly view: View;
}

export function initialState(place: Place): AppState {
  return {
    connection: { kind: "connecting" },
    mirror: null,
    loadError: null,
    listError: null,
    detail: { kind: "none" },
    body: null,
    webhooks: { kind: "none" },
    secrets: { kind: "none" },
    transitions: { kind: "none" },
    missed: { kind: "none" },
    compared: { kind: "none" },
    timeline: NO_TIMELINE,
    runs: NO_RUNS,
    activity: { kind: "none" },
    playing: null,
    view: {
      ...place,
      isDetailOpen: place.selectedId !== null,
      isDetailHidden: false,
      isAtTop: true,
      topSeen: null,
      markedIds: new Set(),
      markAnchorId: null,
      openFolds: new Set(),
      noting: null,
      dialog: null,
      menu: null,
      recentActions: [],
      toasts: [],
      barsFromBottomPx: null,
      replayingIds: [],
      payload: { form: "tree", isFormatted: false, wraps: true },
      comparedId: null,
      ignoreRules: { ids: false, times: false, paths: [] },
      unseenFailed: 0,
    },
  };
}
