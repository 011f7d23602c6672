import type { Locator, Page } from "@playwright/test";

export const TAB_NAMES = ["Overview", "Payload", "Headers", "Signature", "Attempts", "Raw"] as const;
export type TabName = (typeof TAB_NAMES)[number];
export type AreaName = "Deliveries" | "Timeline" | "Replays" | "Forwarding" | "Connection" | "Webhooks" | "Settings";

/** The window, by roles and names: what a user of a screen reader finds, and nothing of its markup. */
export class InspectorPage {
  readonly page: Page;
  readonly status: Locator;
  readonly filter: Locator;
  readonly list: Locator;
  readonly detail: Locator;
  readonly dialog: Locator;
  /** The field of the command palette. */
  readonly palette: Locator;
  readonly problems: Locator;
  /** The bars of the chart above the list, oldest first. */
  readonly bars: Locator;

  constructor(page: Page) {
    this.page = page;
    this.status = page.getByRole("region", { name: "Status" });
    this.filter = page.getByRole("combobox", { name: "Filter deliveries" });
    this.list = page.getByRole("treegrid", { name: "Deliveries" });
    this.detail = page.getByRole("main", { name: "Selected delivery" });
    this.dialog = page.getByRole("dialog");
    this.bars = page.getByRole("region", { name: "Activity" }).getByRole("listitem").getByRole("button");
    this.palette = page.getByRole("combobox", { name: "Commands" });
    this.problems = page.getByRole("region", { name: "Problems" });
  }

  /** The rows of deliveries (not the heading) that contain `text`. */
  rows(text: string | RegExp = /./): Locator {
    return this.list.getByRole("rowgroup").getByRole("row").filter({ hasText: text });
  }

  get selectedRow(): Locator {
    return this.list.getByRole("row", { selected: true });
  }

  tab(name: TabName): Locator {
    return this.detail.getByRole("tab", { name });
  }

  /** The events of the video or live stream whose id begins so, as the timeline draws them. */
  lane(idStart: string): Locator {
    return this.page.getByRole("list", { name: new RegExp(`^Events of (?:video|live stream) ${idStart}`) });
  }

  areaButton(name: AreaName): Locator {
    return this.page.getByRole("navigation", { name: "Areas" }).getByRole("button", { name });
  }

  async openArea(name: AreaName): Promise<void> {
    await this.areaButton(name).click();
  }

  /** A term of the filter that became a chip. */
  chip(text: string | RegExp): Locator {
    return this.page.getByRole("list", { name: "Filter" }).getByRole("listitem").filter({ hasText: text });
  }

  suggestion(text: string): Locator {
    return this.page.getByRole("option", { name: text }).first();
  }

  /** Of the first start: one of the things that a real webhook needs. */
  firstStep(title: string): Locator {
    return this.page.getByRole("main", { name: "First steps" }).getByRole("listitem").filter({ hasText: title });
  }

  toast(text: string | RegExp): Locator {
    return this.page
      .getByRole("region", { name: /Notifications/ })
      .getByRole("listitem")
      .filter({ hasText: text });
  }
}
