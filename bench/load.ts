import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import autocannon from "autocannon";

export interface LoadOptions {
  readonly url: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly connections: number;
  readonly seconds: number;
}

export interface LoadResult {
  readonly perSecond: number;
  readonly p99Ms: number;
}

/** POSTs for some seconds. wrk where it is installed: it leaves more of the machine to the server than autocannon. */
export async function startLoad(options: LoadOptions): Promise<LoadResult> {
  return spawnSync("wrk", ["--version"]).error === undefined ? runWrk(options) : runAutocannon(options);
}

async function runWrk({ url, body, headers, connections, seconds }: LoadOptions): Promise<LoadResult> {
  const dir = mkdtempSync(join(tmpdir(), "inspector-bench-"));
  const script = join(dir, "post.lua");
  const lines = Object.entries(headers).map(
    ([name, value]) => `wrk.headers[${JSON.stringify(name)}] = ${JSON.stringify(value)}`,
  );
  writeFileSync(script, ['wrk.method = "POST"', `wrk.body = [==[${body}]==]`, ...lines].join("\n"));
  const child = spawn("wrk", ["-t1", `-c${connections}`, `-d${seconds}s`, "--latency", "-s", script, url]);
  let output = "";
  for await (const chunk of child.stdout) output += chunk;
  rmSync(dir, { recursive: true });
  if (/Non-2xx/.test(output)) throw new Error(`The server refused some requests:\n${output}`);
  return {
    perSecond: Number(/Requests\/sec:\s+([\d.]+)/.exec(output)?.[1]),
    p99Ms: toMs(/99%\s+([\d.]+\w+)/.exec(output)?.[1]),
  };
}

function toMs(text = ""): number {
  const value = Number.parseFloat(text);
  if (text.endsWith("us")) return value / 1000;
  return text.endsWith("ms") ? value : value * 1000;
}

async function runAutocannon({ url, body, headers, connections, seconds }: LoadOptions): Promise<LoadResult> {
  const result = await autocannon({ url, method: "POST", body, headers, connections, duration: seconds });
  if (result.non2xx > 0) throw new Error(`The server refused ${result.non2xx} requests.`);
  return { perSecond: result.requests.average, p99Ms: result.latency.p99 };
}
