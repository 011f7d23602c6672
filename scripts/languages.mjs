// The languages in which receivers and senders of webhooks are tested, besides JavaScript: found, or Debian's installed where allowed.
import { spawnSync } from "node:child_process";
import { install, mayInstall } from "./debian.mjs";

/** Debian's packages for each: the interpreter or compiler, and what serves or sends HTTP with it. */
const PACKAGES = {
  flask: ["python3-flask"],
  fastapi: ["python3-fastapi", "python3-uvicorn"],
  requests: ["python3-requests"],
  php: ["php-cli"],
  phpCurl: ["php-cli", "php-curl"],
  ruby: ["ruby", "ruby-rack", "ruby-webrick"],
  go: ["golang-go"],
  // Found, but never installed: it is larger than all the others.
  java: [],
};

/** How each is asked whether it is there; the first command that answers is the one to use. */
const PROBES = {
  flask: pythons("import flask"),
  fastapi: pythons("import fastapi, uvicorn"),
  requests: pythons("import requests"),
  php: [["php", "-v"]],
  phpCurl: [["php", "-r", "exit(extension_loaded('curl') ? 0 : 1);"]],
  ruby: [["ruby", "-e", "require 'rack'; require 'webrick'"]],
  go: [["go", "version"]],
  java: [["javac", "-version"]],
};

export const LANGUAGES = Object.keys(PACKAGES);

/** The program that runs this language with all it needs; null where it is not on this machine. */
export function findLanguage(name) {
  const probe = PROBES[name].find(([command, ...args]) => spawnSync(command, args, { stdio: "ignore" }).status === 0);
  return probe?.[0] ?? null;
}

/**
 * Installs what is missing, where this machine is a Debian and ours to change (root); elsewhere does nothing. Never
 * fails: the tests of a language that is not there say so and are left out.
 */
export async function provideLanguages(log) {
  if (!mayInstall()) return;
  const missing = LANGUAGES.filter((name) => PACKAGES[name].length > 0 && findLanguage(name) === null);
  if (missing.length === 0) return;
  log(`Installing Debian's ${missing.join(", ")} for the tests…`);
  const started = Date.now();
  const packages = missing.flatMap((name) => PACKAGES[name]);
  const isDone = (await install(packages, { updatesLists: true })) || (await installOneByOne(missing));
  log(`${isDone ? "Installed" : "Could not install all"} (${((Date.now() - started) / 1000).toFixed(1)} s).`);
}

/** An older Debian may lack one of them: that is no reason to go without the others. */
async function installOneByOne(names) {
  const done = [];
  for (const name of names) done.push(await install(PACKAGES[name]));
  return done.every(Boolean);
}

/** Packages of Debian are seen by Debian's own Python, which need not be the one on PATH. */
function pythons(code) {
  return ["python3", "/usr/bin/python3"].map((command) => [command, "-c", code]);
}
