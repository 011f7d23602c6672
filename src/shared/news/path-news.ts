import type { TunnelState } from "#shared/domain/tunnel.ts";
import type { NewsItem } from "./news.ts";

/** Most breaks heal before anybody could act on the news of them. */
const TOLD_AFTER_MS = 10_000;

/** What is worth telling somebody who does not look at the window: that the path is lost, and that it is back. */
export interface PathNews {
  /** To be called with every state of the tunnel. */
  follow(state: TunnelState): void;
  stop(): void;
}

/** `tell` is called once per loss that lasts, and once for its end. */
export function createPathNews(tell: (item: NewsItem) => void, toldAfterMs = TOLD_AFTER_MS): PathNews {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isTold = false;

  function loseSoon(message: string): void {
    timer ??= setTimeout(() => {
      isTold = true;
      tell({ title: "Webhooks do not get through", body: message });
    }, toldAfterMs);
  }

  function end(): void {
    clearTimeout(timer);
    timer = undefined;
    isTold = false;
  }

  return {
    follow({ phase, fault, url, lostSince }) {
      const isGivenUp = phase === "closed" && fault !== undefined;
      if ((lostSince !== undefined || isGivenUp) && fault !== undefined) return loseSoon(fault.message);
      // On its way: neither lost for long nor back yet.
      if (phase === "opening" && lostSince !== undefined) return;
      if (phase === "open" && isTold)
        tell({ title: "Webhooks get through again", body: `The path through ${url} works.` });
      end();
    },
    stop: end,
  };
}
