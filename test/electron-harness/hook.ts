/*
 * node --import ./hook.ts out/main/index.js: the built main process runs unmodified under Node, and what it imports as
 * "electron" is the fake.
 */
import { registerHooks } from "node:module";

const fake = new URL("./fake-electron.ts", import.meta.url).href;
registerHooks({
  resolve(specifier, context, next) {
    if (specifier === "electron") return { url: fake, format: "module-typescript", shortCircuit: true };
    return next(specifier, context);
  },
});
Object.defineProperty(process, "versions", { value: { ...process.versions, electron: "0.0.0-fake" } });
Object.defineProperty(process, "type", { value: "browser" });
