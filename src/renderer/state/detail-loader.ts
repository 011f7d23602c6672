import type { Client } from "#shared/contract/types.ts";
import { fromBase64 } from "../client/base64.ts";
import { toMessage } from "../client/to-message.ts";
import type { AppState, LoadedBody } from "./app-state.ts";
import type { AppStore } from "./store.ts";

/** What a first look at a body needs; the rest comes when it is asked for. */
export const FIRST_PART_BYTES = 1024 * 1024;
/** Small enough that no single answer holds up the page: reading 1 MiB of base64 takes up to 50 ms of it. */
const NEXT_PART_BYTES = 512 * 1024;
/** So small a rest is not worth a question. */
const SMALL_REST_BYTES = 128 * 1024;
/** Bodies that can be an event of api.video; they are held against what it documents. */
const MAX_EVENT_BYTES = 64 * 1024;

export interface DetailLoader {
  /** Fetches the selected delivery anew; what is shown stays until then. */
  refresh(): Promise<void>;
  /** Fetches the first part of the selected delivery's body, unless it is there. */
  needBody(): Promise<void>;
  /** Fetches what is missing of a body that was shown in part. */
  loadWholeBody(): Promise<void>;
}

export function createDetailLoader({ client, store }: { client: Client; store: AppStore }): DetailLoader {
  let loads = 0;

  const fetchPart = async (id: string, length: number): Promise<boolean> => {
    const known = bodyOf(store.getState(), id);
    const offset = known?.bytes.length ?? 0;
    setBody(store, {
      id,
      bytes: known?.bytes ?? new Uint8Array(),
      totalBytes: known?.totalBytes ?? 0,
      phase: "loading",
    });
    try {
      const { base64, totalBytes } = await client.call("deliveries.body", { id, offset, length });
      const now = bodyOf(store.getState(), id);
      // Another delivery was selected meanwhile: this one's bytes are not asked for any more.
      if (now === null || now.bytes.length !== offset) return false;
      const part = fromBase64(base64);
      const bytes = append(now.bytes, part);
      setBody(store, { id, bytes, totalBytes, phase: "ready" });
      return part.length > 0 && bytes.length < totalBytes;
    } catch (error) {
      const now = bodyOf(store.getState(), id);
      if (now !== null) setBody(store, { ...now, phase: "failed", message: toMessage(error) });
      return false;
    }
  };

  return {
    async refresh() {
      loads += 1;
      const load = loads;
      const id = store.getState().view.selectedId;
      if (id === null) return store.setState({ detail: { kind: "none" }, body: null });
      const { detail, body } = store.getState();
      if (detail.kind !== "ready" || detail.value.id !== id) store.setState({ detail: { kind: "loading" } });
      if (body !== null && body.id !== id) store.setState({ body: null });
      try {
        const value = await client.call("deliveries.get", { id });
        if (load === loads) store.setState({ detail: { kind: "ready", value } });
      } catch (error) {
        if (load === loads) store.setState({ detail: { kind: "failed", message: toMessage(error) } });
      }
    },
    async needBody() {
      const { view, body } = store.getState();
      if (view.selectedId === null || (body?.id === view.selectedId && body.phase !== "failed")) return;
      const id = view.selectedId;
      const hasMore = await fetchPart(id, FIRST_PART_BYTES);
      const first = bodyOf(store.getState(), id);
      if (!hasMore || first === null || first.totalBytes - first.bytes.length > SMALL_REST_BYTES) return;
      await fetchPart(id, NEXT_PART_BYTES);
    },
    async loadWholeBody() {
      const id = store.getState().view.selectedId;
      if (id === null) return;
      while (await fetchPart(id, NEXT_PART_BYTES));
    },
  };
}

/**
 * True for what cannot be read without its body: the Payload and Raw tabs, evidence that shows two bodies side by side,
 * and whether an event has the shape it should have.
 */
export function needsBody({ view, detail }: AppState): boolean {
  if (view.area !== "deliveries" || view.selectedId === null) return false;
  if (view.tab === "payload" || view.tab === "raw") return true;
  if ((view.tab !== "overview" && view.tab !== "signature") || detail.kind !== "ready") return false;
  const { diagnosis, bodyBytes } = detail.value;
  if (BODY_EVIDENCE.has(diagnosis.evidence?.kind)) return true;
  return view.tab === "overview" && bodyBytes > 0 && bodyBytes <= MAX_EVENT_BYTES;
}

const BODY_EVIDENCE: ReadonlySet<string | undefined> = new Set(["reserialised", "body-variant"]);

function bodyOf({ body, view }: AppState, id: string): LoadedBody | null {
  return body !== null && body.id === id && view.selectedId === id ? body : null;
}

function setBody(store: AppStore, body: LoadedBody): void {
  store.setState({ body });
}

function append(head: Uint8Array, tail: Uint8Array): Uint8Array {
  const whole = new Uint8Array(head.length + tail.length);
  whole.set(head);
  whole.set(tail, head.length);
  return whole;
}
