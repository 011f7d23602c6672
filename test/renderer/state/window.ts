import { afterEach, beforeEach, expect, vi } from "vitest";
import type { App } from "../../../src/renderer/app-context.ts";
import { createApp } from "../../../src/renderer/create-app.ts";
import type { DeliveryList } from "../../../src/renderer/state/app-state.ts";
import { START } from "../../../src/renderer/state/hash.ts";
import { createFakeEngine, type FakeEngine } from "../fake-client.ts";
import { createFakeShell } from "../fake-shell.ts";
import { sampleDelivery } from "../samples.ts";

/** The window's state without its picture, and the engine it talks to: new ones for each test of the file. */
export let engine: FakeEngine;
export let app: App;
let isLookedAt: boolean;

beforeEach(() => {
  engine = createFakeEngine();
  isLookedAt = true;
});
afterEach(() => app.stop());

export function openWindow(place = START): void {
  app = createApp({
    connection: engine,
    shell: createFakeShell(),
    place,
    schedule: queueMicrotask,
    isHidden: () => false,
    isLookedAt: () => isLookedAt,
  });
}

/** Whether somebody works in the window. */
export function lookAt(isIt: boolean): void {
  isLookedAt = isIt;
}

export function receive(id: string, type = "video.encoding.quality.completed"): void {
  const delivery = sampleDelivery({ id, type });
  engine.deliveries.unshift(delivery);
  engine.publish("delivery.received", delivery);
}

/** On deliveries from d0 on, of which the newest are there. */
export async function openOn(count: number): Promise<void> {
  for (let i = 0; i < count; i++) receive(`d${i}`);
  openWindow();
  await vi.waitFor(() => expect(rows()?.[0]).toBe(`d${count - 1}`));
}

/** Ids as `openOn` gives them, both ends included. */
export const ids = (newest: number, oldest: number) =>
  Array.from({ length: newest - oldest + 1 }, (_, n) => `d${newest - n}`);

export const list = (): DeliveryList | undefined => app.store.getState().mirror?.list;
export const rows = (): string[] | undefined => list()?.items.map(({ id }) => id);
export const callsOf = (name: string) => engine.calls.filter((call) => call.name === name);
