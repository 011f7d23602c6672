import { EventEmitter } from "node:events";
import { Socket } from "node:net";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { keepPool } from "#core/tunnel/providers/localtunnel-pool.ts";

/** The client's cluster as far as the pool keeper sees it. */
function fakeCluster() {
  const opened = { count: 0 };
  const open = () => {
    opened.count += 1;
  };
  const cluster = Object.assign(new EventEmitter(), { open });
  const connect = () => {
    const socket = new Socket();
    cluster.emit("open", socket);
    return socket;
  };
  return { cluster, opened, connect };
}

describe("keepPool", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("leaves a full pool alone", () => {
    const { cluster, opened, connect } = fakeCluster();
    keepPool(cluster, 2, () => {});
    connect();
    connect();

    vi.advanceTimersByTime(60_000);

    expect(opened.count).toBe(0);
  });

  it("fills the places that stay empty while nothing comes or goes", () => {
    const { cluster, opened, connect } = fakeCluster();
    keepPool(cluster, 3, () => {});
    connect();

    vi.advanceTimersByTime(3_000);

    expect(opened.count).toBe(2);
  });

  it("opens nothing while connections come and go, which the client replaces by itself", () => {
    const { cluster, opened, connect } = fakeCluster();
    keepPool(cluster, 2, () => {});

    for (let i = 0; i < 20; i++) {
      connect();
      vi.advanceTimersByTime(1_000);
    }

    expect(opened.count).toBe(0);
  });

  it("says when no connection has been there for long, once", () => {
    const { cluster, connect } = fakeCluster();
    const onEmpty = vi.fn();
    keepPool(cluster, 2, onEmpty);
    const socket = connect();
    vi.advanceTimersByTime(60_000);
    expect(onEmpty).not.toHaveBeenCalled();

    socket.emit("close");
    vi.advanceTimersByTime(60_000);

    expect(onEmpty).toHaveBeenCalledOnce();
  });
});
