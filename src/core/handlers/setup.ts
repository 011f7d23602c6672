import type { Eraser } from "../erase.ts";
import type { Handlers } from "../router.ts";

export function setupHandlers(deps: {
  eraser: Eraser;
  report(showHosts: boolean): Promise<string>;
}): Pick<Handlers, "app.diagnostics" | "app.holdings" | "app.erase"> {
  const { eraser, report } = deps;
  return {
    "app.diagnostics": async ({ showHosts }) => ({ text: await report(showHosts) }),
    "app.holdings": () => eraser.holdings(),
    "app.erase": () => eraser.erase(),
  };
}
