import { useEffect, useState } from "react";
import type { DeliveryCounts } from "#shared/domain/delivery.ts";
import { useApp } from "../../app-context.ts";
import { arrivalWords } from "./arrival-words.ts";

/** Oftener than this, a screen reader would speak of nothing else. */
const INTERVAL_MS = 5_000;

/** Says what arrived, all of it in one sentence, at most every five seconds. */
export function LiveRegion() {
  const app = useApp();
  const [said, setSaid] = useState({ words: "", nth: 0 });

  useEffect(() => {
    let told: DeliveryCounts | undefined;
    // What the first load brings is no news.
    const learn = (): void => {
      told ??= app.store.getState().mirror?.counts;
    };
    learn();
    const unsubscribe = app.store.subscribe(learn);
    const timer = setInterval(() => {
      const { mirror } = app.store.getState();
      if (mirror === null) return;
      const sentence = told === undefined ? "" : arrivalWords(told, mirror.counts);
      if (sentence !== "") setSaid(({ nth }) => ({ words: sentence, nth: nth + 1 }));
      told = mirror.counts;
    }, INTERVAL_MS);
    return () => {
      clearInterval(timer);
      unsubscribe();
    };
  }, [app]);

  return (
    <div aria-live="polite" className="sr-only">
      {/* The same words once more are said only where they stand in something new. */}
      <span key={said.nth}>{said.words}</span>
    </div>
  );
}
