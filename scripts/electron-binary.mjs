// Where Electron's binary lies. Never by require("electron"): where it is missing, that starts the download.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The folder of Electron's npm package, which comes without the binary. */
export function electronPackage(root) {
  return join(root, "node_modules", "electron");
}

/** The path of Electron's binary, found as the package itself does; null where it was not fetched yet. */
export function electronBinary(root, env = process.env) {
  const folder = electronPackage(root);
  try {
    const name = readFileSync(join(folder, "path.txt"), "utf8");
    const binary = join(env.ELECTRON_OVERRIDE_DIST_PATH || join(folder, "dist"), name);
    return existsSync(binary) ? binary : null;
  } catch {
    // path.txt is written at the end of the download.
    return null;
  }
}
