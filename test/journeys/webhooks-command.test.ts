import { expect, it, vi } from "vitest";
import { type Child, CLI, projectRoot, runChild, startChild } from "../helpers/child.ts";
import { tempDir } from "../helpers/temp-dir.ts";

const KEY = { APIVIDEO_API_KEY: "simulator" };
const AUTH = { Authorization: `Basic ${Buffer.from("simulator:").toString("base64")}` };

/** The simulator in a process of its own, `serve` on it, and the command line beside both. */
async function startAll() {
  const stack = new AsyncDisposableStack();
  const dir = stack.use(toAsync(tempDir()));
  const simulator = stack.use(await startChild([`${projectRoot}/test/helpers/simulator-main.ts`]));
  const url = simulator.ready["simulatorUrl"] ?? "";
  const args = ["--data-dir", dir.path];
  const start = async (): Promise<Child> =>
    stack.use(
      await startChild([CLI, "serve", "--json", ...args, "--listener-port", "0", "--ui-port", "0", "--api", url], KEY),
    );
  const list = async (): Promise<{ webhookId: string; url: string }[]> => {
    const answer = await fetch(`${url}/webhooks?pageSize=100`, { headers: AUTH });
    return ((await answer.json()) as { data: { webhookId: string; url: string }[] }).data;
  };
  return {
    url,
    start,
    cli: (...command: string[]) => runChild([CLI, "webhooks", ...command, ...args, "--api", url], KEY),
    list,
    async add(webhookUrl: string): Promise<string> {
      const answer = await fetch(`${url}/webhooks`, {
        method: "POST",
        headers: { ...AUTH, "Content-Type": "application/json" },
        body: JSON.stringify({ url: webhookUrl, events: ["video.caption.generated"] }),
      });
      return ((await answer.json()) as { webhookId: string }).webhookId;
    },
    async registered(): Promise<{ webhookId: string; url: string }> {
      return vi.waitFor(
        async () => {
          const ours = (await list()).find((webhook) => webhook.url.startsWith("http://127.0.0.1:"));
          if (ours === undefined) throw new Error("not yet");
          return ours;
        },
        { timeout: 10_000 },
      );
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

function toAsync<T extends Disposable>(resource: T): T & AsyncDisposable {
  return { ...resource, [Symbol.asyncDispose]: async () => resource[Symbol.dispose]() };
}

const linesOf = (text: string) =>
  text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));

it("lists the account's webhooks and prunes what is left over, beside the running app", async () => {
  await using all = await startAll();
  await all.start();
  const current = await all.registered();
  const installId = current.url.split("/wi-")[1];
  const ours = await all.add(`https://old.example.com/wi-${installId}`);
  const others = await all.add("https://two.example.com/wi-aaaabbbbcccc");
  const foreign = await all.add("https://production.example.com/hooks");

  const listed = await all.cli("list", "--format", "json");
  expect(linesOf(listed.stdout).map((one) => [one.webhookId, one.isCurrent, one.isOurs, one.isOfThisApp])).toEqual([
    [current.webhookId, true, true, true],
    [ours, false, true, true],
    [others, false, false, true],
    [foreign, false, false, false],
  ]);
  expect((await all.cli("list")).stdout).toMatch(
    /in use now[\s\S]*left over[\s\S]*other installation[\s\S]*4 of 10 taken/,
  );

  const refused = await all.cli("prune", foreign);
  expect(refused).toMatchObject({ code: 2, stdout: "", stderr: expect.stringContaining("not made by this app") });
  const pruned = await all.cli("prune", "--format", "json");
  expect(linesOf(pruned.stdout)).toEqual([{ removed: [ours], kept: [current.webhookId, others, foreign] }]);
  expect((await all.cli("prune", "--others-too")).stdout).toBe(`Removed ${others}\n2 kept.\n`);
  expect((await all.cli("prune")).stdout).toBe("Nothing is left over.\n2 kept.\n");
  expect((await all.list()).map(({ webhookId }) => webhookId)).toEqual([current.webhookId, foreign]);
});

it("prunes what a killed app left, without starting the app", async () => {
  await using all = await startAll();
  const serve = await all.start();
  const { webhookId } = await all.registered();
  await serve.end("SIGKILL");

  expect((await all.cli("list")).stdout).toContain("left over");
  expect(await all.list()).toHaveLength(1);
  expect((await all.cli("prune")).stdout).toBe(`Removed ${webhookId}\n0 kept.\n`);
  expect(await all.list()).toEqual([]);
});

it("ends with code 5 where there is no key, and with 2 where the running app uses another api.video", async () => {
  using dir = tempDir();
  await using _serve = await startChild([
    CLI,
    "serve",
    "--json",
    "--data-dir",
    dir.path,
    "--listener-port",
    "0",
    "--ui-port",
    "0",
  ]);
  using emptyDir = tempDir();

  const other = await runChild([CLI, "webhooks", "list", "--data-dir", dir.path, "--api", "sandbox"]);
  const keyless = await runChild([CLI, "webhooks", "prune", "--data-dir", emptyDir.path, "--api", "sandbox"]);

  expect(other).toMatchObject({ code: 2, stdout: "", stderr: expect.stringMatching(/--api.*simulator/) });
  expect(keyless).toMatchObject({ code: 5, stdout: "", stderr: expect.stringContaining("APIVIDEO_API_KEY") });
});
