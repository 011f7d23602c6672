export const AREAS = ["deliveries", "timeline", "replays", "forwarding", "connection", "webhooks", "settings"] as const;
export type Area = (typeof AREAS)[number];

export const TABS = ["overview", "payload", "headers", "signature", "attempts", "raw"] as const;
export type Tab = (typeof TABS)[number];

/** Where in the app the user is: what a reload, Back and a pasted link bring back. */
export interface Place {
  readonly area: Area;
  readonly selectedId: string | null;
  readonly tab: Tab;
  readonly filter: string;
  /** In the timeline: the one subject that is looked at, as `video:ID` or `live:ID`; null for all of them. */
  readonly subject: string | null;
  /** In the replays: the one run that is looked at; null for the list of all. */
  readonly runId: string | null;
  /** The part of the settings, or of the forwarding, to show; null for the beginning, and in every other area. */
  readonly section: string | null;
}

export const START: Place = {
  area: "deliveries",
  selectedId: null,
  tab: "overview",
  filter: "",
  subject: null,
  runId: null,
  section: null,
};

/** Reads `#/deliveries/ID/payload?filter=text`; whatever does not fit falls back to the start. */
export function parseHash(hash: string): Place {
  const [path = "", search = ""] = hash.replace(/^#\/?/, "").split("?", 2);
  const [area, id, tab] = path.split("/");
  if (!isOneOf(AREAS, area)) return START;
  if (area === "timeline") return { ...START, area, subject: decode(id) };
  if (area === "replays") return { ...START, area, runId: decode(id) };
  if (area === "settings") return { ...START, area, section: decode(id) };
  if (area !== "deliveries") return { ...START, area };
  return {
    ...START,
    area,
    selectedId: decode(id),
    tab: isOneOf(TABS, tab) ? tab : START.tab,
    filter: new URLSearchParams(search).get("filter") ?? "",
    section: null,
  };
}

/** The inverse of `parseHash`, as short as it can be. */
export function formatHash({ area, selectedId, tab, filter, subject, runId, section }: Place): string {
  if (area === "timeline") return `#/timeline${subject === null ? "" : `/${encodeURIComponent(subject)}`}`;
  if (area === "replays") return `#/replays${runId === null ? "" : `/${encodeURIComponent(runId)}`}`;
  if (area === "settings" && section !== null) return `#/settings/${encodeURIComponent(section)}`;
  if (area !== "deliveries") return `#/${area}`;
  const id = selectedId === null ? "" : `/${encodeURIComponent(selectedId)}/${tab}`;
  const search = filter === "" ? "" : `?${new URLSearchParams({ filter }).toString()}`;
  return `#/deliveries${id}${search}`;
}

function isOneOf<T extends string>(values: readonly T[], value: string | undefined): value is T {
  return (values as readonly (string | undefined)[]).includes(value);
}

function decode(text: string | undefined): string | null {
  if (text === undefined || text === "") return null;
  try {
    return decodeURIComponent(text);
  } catch {
    // A broken escape in a pasted link: nothing has such an id.
    return null;
  }
}
