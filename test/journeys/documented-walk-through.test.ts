import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it, vi } from "vitest";
import { documentedIn } from "../helpers/documents.ts";
import { openTerminal, type Terminal, type Typed } from "../helpers/terminal.ts";
import { ESCAPED, freePort, HANDLERS, SECRET, sendEvents, startHandler } from "../helpers/walk-through.ts";

// What the walk-through has its reader type, as it stands there; what it does in the window is in walk-through.test.ts.

/** Types a line that stays, and waits until it says that it is up. */
async function startTyped(terminal: Terminal, line = "", says: RegExp, cwd = HANDLERS): Promise<Typed> {
  const typed = terminal.type(line, { cwd, env: environment(terminal) });
  await vi.waitFor(() => expect(typed.said()).toMatch(says), { timeout: 20_000 });
  return typed;
}

const environment = ({ folder }: Terminal) => ({
  ...{ APIVIDEO_WEBHOOK_SECRET: SECRET, APIVIDEO_INSPECTOR_DATA_DIR: join(folder, "data") },
});

it("what the walk-through has typed ends as it says there", { timeout: 60_000 }, async () => {
  const texts = documentedIn("docs/walk-through/README.md").map(({ text }) => text);
  const [handler, serve, twice = "", fixtures = "", replayed = "", ...others] = texts;
  expect(others).toEqual([]);
  const port = await freePort();
  using terminal = openTerminal([
    [/\b3000\b/, String(port)],
    [/…/, SECRET],
  ]);
  const run = (line: string) => terminal.type(line, { env: environment(terminal) }).ended;
  writeFileSync(join(terminal.folder, "work/escaped.json"), ESCAPED);

  const app = await startTyped(terminal, serve, /Press Ctrl\+C/);
  const buggy = await startTyped(terminal, handler, /./);
  await sendEvents(/on +(http:\S+)/.exec(app.said())?.[1] ?? "");
  await vi.waitFor(async () => expect(await run("apivideo-inspector events list id:d4 status:204")).toMatch(/: d4 /));
  const edited = await run("apivideo-inspector events replay d4 --to 3000 --body-file escaped.json --sign webhook");
  expect(edited).toMatch(/kept as d5, edited from d4\nreplay \[401\]/);

  buggy.interrupt();
  await buggy.ended;
  const restarted = await startTyped(terminal, handler, /./);
  expect(await run(twice)).toMatch(/^exit code 5: [\s\S]*4 accepted, 6 refused/);

  restarted.interrupt();
  await restarted.ended;
  expect(await run(`apivideo-inspector ${fixtures}`)).toMatch(/^exit code 0: [\s\S]*\n5 written/);
  await using _mended = await startHandler("handler-3-unknown-rendition.js", port);
  expect(await run(`apivideo-inspector ${replayed}`)).toMatch(/^exit code 0: [\s\S]*5 as expected/);

  app.interrupt();
  expect(await app.ended).toMatch(/^exit code 0: /);
});
