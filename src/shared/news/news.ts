import type { EventEnvelope } from "#shared/contract/types.ts";
import { hasArrived } from "#shared/domain/delivery.ts";
import type { NotifyOn } from "#shared/domain/notify-on.ts";
import type { TunnelState } from "#shared/domain/tunnel.ts";
import { createDeliveryNews } from "./delivery-news.ts";
import { createPathNews } from "./path-news.ts";

/** What a desktop notification says. */
export interface NewsItem {
  readonly title: string;
  readonly body: string;
  /** What a click on it shows. */
  readonly deliveryId?: string;
}

export interface NewsDeps {
  tell(item: NewsItem): void;
  /** While somebody looks at the window, nothing is told. */
  isLookedAt(): boolean;
  /** What the user wants to hear of, as it is when something happens. */
  rule(): NotifyOn;
}

/** All that is told to somebody who looks elsewhere, the same for every host. */
export interface News {
  followTunnel(state: TunnelState): void;
  followEvent(event: EventEnvelope): void;
  /** Somebody looks at the window: what waited to be told has been seen. */
  looked(): void;
  stop(): void;
}

export function createNews({ tell, isLookedAt, rule }: NewsDeps): News {
  const path = createPathNews((item) => {
    if (rule().path && !isLookedAt()) tell(item);
  });
  const deliveries = createDeliveryNews((item) => {
    if (!isLookedAt()) tell(item);
  });
  return {
    followTunnel: path.follow,
    followEvent(event) {
      if (event.name !== "delivery.received" || isLookedAt()) return;
      if (hasArrived(event.payload)) deliveries.note(event.payload, rule());
    },
    looked: deliveries.looked,
    stop() {
      path.stop();
      deliveries.stop();
    },
  };
}
