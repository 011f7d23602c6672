import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { TunnelState } from "#shared/domain/tunnel.ts";
import type { NewsItem } from "#shared/news/news.ts";
import { createPathNews } from "#shared/news/path-news.ts";

const OPEN: TunnelState = { provider: "localtunnel", phase: "open", url: "https://otter.example" };
const LOST: TunnelState = {
  provider: "localtunnel",
  phase: "reconnecting",
  url: null,
  lostSince: "2026-11-24T10:00:00.000Z",
  fault: { kind: "network", message: "The relay is gone.", retryable: true },
};
const CLOSED: TunnelState = { provider: "localtunnel", phase: "closed", url: null };

describe("news of the path", () => {
  let told: NewsItem[];
  const start = () => createPathNews((news) => told.push(news), 10_000);
  beforeEach(() => {
    told = [];
    vi.useFakeTimers();
  });
  afterEach(() => void vi.useRealTimers());

  it("tells a loss that lasts, once, and its end", () => {
    const news = start();

    news.follow(OPEN);
    news.follow(LOST);
    vi.advanceTimersByTime(5_000);
    news.follow({ ...LOST, phase: "opening" });
    news.follow(LOST);
    vi.advanceTimersByTime(60_000);
    news.follow(OPEN);
    news.follow(OPEN);

    expect(told.map(({ title }) => title)).toEqual(["Webhooks do not get through", "Webhooks get through again"]);
    expect(told[0]?.body).toBe("The relay is gone.");
  });

  it("keeps silent about a break that heals soon, and about what the user does", () => {
    const news = start();

    news.follow(LOST);
    vi.advanceTimersByTime(9_000);
    news.follow(OPEN);
    news.follow(LOST);
    news.follow(CLOSED);
    vi.advanceTimersByTime(60_000);
    news.follow(OPEN);

    expect(told).toEqual([]);
  });

  it("tells that a tunnel was given up", () => {
    start().follow({ ...CLOSED, fault: { kind: "auth", message: "Wrong token.", retryable: false } });
    vi.advanceTimersByTime(10_000);

    expect(told.map(({ body }) => body)).toEqual(["Wrong token."]);
  });

  it("tells nothing more once it is stopped", () => {
    const news = start();
    news.follow(LOST);

    news.stop();
    vi.advanceTimersByTime(60_000);

    expect(told).toEqual([]);
  });
});
