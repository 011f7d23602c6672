import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { delimiter, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { projectRoot } from "../helpers/child.ts";
import { documentedIn } from "../helpers/documents.ts";

/** Somebody's project, with the packed package in it. Beside the checkout's folder, so that nothing of it is found. */
const project = mkdtempSync(join(realpathSync("/tmp"), "package-"));
const installed = join(project, "node_modules/apivideo-inspector");
const command = join(installed, "bin/apivideo-inspector.mjs");

/** The Node that the tests were started with, where that is an older one than the project's own. */
const usersNode =
  (process.env["PATH"] ?? "")
    .split(delimiter)
    .filter((dir) => !dir.startsWith(projectRoot))
    .map((dir) => join(dir, "node"))
    .find((file) => spawnSync(file, ["--version"]).status === 0) ?? process.execPath;

function run(file: string, args: readonly string[], cwd = project) {
  const { status, stdout, stderr } = spawnSync(file, args, {
    cwd,
    encoding: "utf8",
    timeout: 60_000,
    env: { PATH: process.env["PATH"], HOME: project },
  });
  return { status, stdout, stderr };
}

/** What an installation would do, from what is here: dependencies are linked instead of fetched. */
function install(): void {
  const [packed] = JSON.parse(
    run("npm", ["pack", "--ignore-scripts", "--json", "--pack-destination", project], projectRoot).stdout,
  );
  mkdirSync(installed, { recursive: true });
  run("tar", ["-xzf", join(project, packed.filename), "-C", installed, "--strip-components=1"]);
  const { dependencies, optionalDependencies, bundleDependencies } = JSON.parse(
    readFileSync(join(installed, "package.json"), "utf8"),
  );
  const here = new Set(readdirSync(join(projectRoot, "node_modules")));
  const fetched = Object.keys({ ...dependencies, ...optionalDependencies }).filter(
    (one) => !bundleDependencies.includes(one),
  );
  for (const name of fetched.filter((one) => here.has(one))) {
    symlinkSync(join(projectRoot, "node_modules", name), join(project, "node_modules", name));
  }
  cpSync(join(projectRoot, "docs/testing"), join(project, "test"), { recursive: true });
}

beforeAll(install, 60_000);
afterAll(() => rmSync(project, { recursive: true, force: true }));

describe("the package", () => {
  it("has what it runs with, and nothing of its making", () => {
    const files = run("find", [".", "-type", "f"], installed).stdout;
    expect(files).not.toMatch(/\.\/(src|test|bench|scripts\/(test|build))/);
    expect(run("du", ["-sk", "out"], installed).stdout).toMatch(/^[1-5]\d{3}\t/);
  });

  it("brings localtunnel's client with the axios that was tested, not the old one that it asks for", () => {
    const axios = readFileSync(join(installed, "node_modules/axios/package.json"), "utf8");
    const tested = readFileSync(join(projectRoot, "node_modules/axios/package.json"), "utf8");
    expect(JSON.parse(axios).version).toBe(JSON.parse(tested).version);
    expect(existsSync(join(installed, "node_modules/localtunnel/package.json"))).toBe(true);
  });

  it(`says what it can do under ${run(usersNode, ["--version"], "/").stdout.trim()}`, () => {
    const help = run(usersNode, [command, "--help"]);
    expect(help).toMatchObject({ status: 0, stdout: expect.stringContaining("serve"), stderr: "" });
  });

  it("serves the listener and the page, and ends with 0 when it is told to", () => {
    const script = `
      const { spawn } = require("node:child_process");
      const args = ["serve", "--json", "--data-dir", "data", "--listener-port", "0", "--ui-port", "0"];
      const child = spawn(process.execPath, ["${command}", ...args], { stdio: ["ignore", "pipe", "inherit"] });
      child.on("exit", (code) => console.log(JSON.stringify({ code })));
      child.stdout.once("data", async (line) => {
        const { listenerUrl, uiUrl } = JSON.parse(line);
        const page = await (await fetch(uiUrl)).text();
        const { status } = await fetch(listenerUrl, { method: "POST", body: "{}" });
        console.log(JSON.stringify({ page: page.includes("<script"), status }));
        child.kill("SIGTERM");
      });`;
    const lines = run(usersNode, ["-e", script]).stdout.trim().split("\n");
    expect(lines.map((line) => JSON.parse(line))).toEqual([{ page: true, status: 202 }, { code: 0 }]);
  });
});

describe("the examples of a user's tests", () => {
  it("are a few lines to begin with, which wait for what a server on port 3000 answers", () => {
    const [lines, ...others] = documentedIn("docs/testing/README.md");
    const example = `
      import { createServer } from "node:http";
      import { once } from "node:events";
      const server = createServer((_request, response) => response.end()).listen(0, "127.0.0.1");
      await once(server, "listening");
      ${lines?.text.replace("3000", "server.address().port")}
      console.log(delivery.type, delivery.verification.state);
      server.close();`;
    writeFileSync(join(project, "example.mjs"), example);

    const { status, stdout, stderr } = run(process.execPath, ["example.mjs"]);

    expect(others).toEqual([]);
    expect({ status, stdout, stderr }).toEqual({
      ...{ status: 0, stdout: "video.encoding.quality.completed verified\n", stderr: "" },
    });
  });

  it("pass with node:test, under the user's own Node", () => {
    const { status, stdout, stderr } = run(usersNode, ["--test", "test/node-test.mjs"]);
    expect(`${stdout}${stderr}`).toMatch(/pass 2/);
    expect(status).toBe(0);
  });

  it("pass with vitest", () => {
    symlinkSync(join(projectRoot, "node_modules/vitest"), join(project, "node_modules/vitest"));
    const vitest = join(projectRoot, "node_modules/vitest/vitest.mjs");
    const { status, stdout, stderr } = run(process.execPath, [
      vitest,
      "run",
      "--root",
      project,
      "--dir",
      join(project, "test"),
    ]);
    expect(`${stdout}${stderr}`).toMatch(/1 passed/);
    expect(status).toBe(0);
  });
});
