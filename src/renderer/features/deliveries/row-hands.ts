import type { MouseEvent } from "react";

/** What a row's parts lead to; the same for all rows, so that none is drawn anew for it. */
export interface RowHands {
  onPick(id: string, event: MouseEvent): void;
  onMark(id: string): void;
  onFold(foldId: string): void;
  /** Undefined where the host has no clipboard. */
  onCopy: ((id: string, kind: string) => void) | undefined;
}
