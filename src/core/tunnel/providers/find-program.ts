import { access, constants, stat } from "node:fs/promises";
import { delimiter, isAbsolute, join } from "node:path";
import type { TunnelFault } from "#shared/domain/tunnel.ts";

/**
 * The absolute path of a program on the PATH of `env`, or of one that is named by an absolute path; null where there is
 * none. Folders of the PATH that are not absolute are left out: a program in the folder one happens to be in is not meant.
 */
export async function findProgram(name: string, env: NodeJS.ProcessEnv): Promise<string | null> {
  const candidates = isAbsolute(name) ? [name] : folders(env).map((folder) => join(folder, name));
  for (const candidate of candidates.flatMap(withExtensions)) {
    if (await isExecutable(candidate)) return candidate;
  }
  return null;
}

export function missingProgram(name: string, install: string): TunnelFault {
  const message = `The program ${name} was not found. ${install}`;
  return { kind: "config", message, retryable: false };
}

/** Our own keys and those of other tunnels are no business of a program that only needs its own. */
export function childEnv(env: NodeJS.ProcessEnv, own: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const passed = Object.entries(env).filter(([name]) => !/^(APIVIDEO|NGROK|TUNNEL)_/i.test(name));
  return { ...Object.fromEntries(passed), ...own };
}

function folders(env: NodeJS.ProcessEnv): string[] {
  // Windows spells it Path, and a copy of process.env no longer ignores case.
  const path = Object.entries(env).find(([name]) => name.toUpperCase() === "PATH")?.[1] ?? "";
  return path.split(delimiter).filter((folder) => isAbsolute(folder));
}

/** Only .exe on Windows: batch files cannot be started without a shell. */
function withExtensions(path: string): string[] {
  return process.platform === "win32" && !/\.exe$/i.test(path) ? [`${path}.exe`] : [path];
}

async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    // Not there, or not for us: either way it is not this one.
    return false;
  }
}
