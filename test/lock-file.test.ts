import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { projectRoot } from "./helpers/child.ts";

interface LockedPackage {
  readonly resolved?: string;
  readonly integrity?: string;
  /** Part of another package's archive, and so of its hash. */
  readonly inBundle?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const text = readFileSync(join(projectRoot, "package-lock.json"), "utf8");
const { packages } = JSON.parse(text) as { packages: Record<string, LockedPackage> };

describe("the lock file", () => {
  it("names the packages of every platform, without which npm ci fails on a clean clone", () => {
    const missing = Object.entries(packages).flatMap(([place, { optionalDependencies }]) =>
      Object.keys(optionalDependencies ?? {}).filter(
        (name) =>
          packages[`node_modules/${name}`] === undefined && packages[`${place}/node_modules/${name}`] === undefined,
      ),
    );

    expect(missing).toEqual([]);
  });

  it("has a hash for every package, and no download addresses", () => {
    const unproven = Object.entries(packages).filter(
      ([place, { integrity, inBundle }]) => place !== "" && integrity === undefined && inBundle !== true,
    );

    expect(unproven.map(([place]) => place)).toEqual([]);
    expect(text).not.toMatch(/"resolved"/);
  });
});

describe("package.json", () => {
  it("names exact versions only", () => {
    const manifest = JSON.parse(readFileSync(join(projectRoot, "package.json"), "utf8"));
    const ranges = ["dependencies", "devDependencies", "optionalDependencies"].flatMap((group) =>
      Object.entries<string>(manifest[group]).filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version)),
    );

    expect(ranges).toEqual([]);
  });
});
