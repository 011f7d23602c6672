export interface Machine {
  readonly root: string;
  readonly node: string;
  readonly platform: NodeJS.Platform;
  readonly uid: number | undefined;
  readonly env: NodeJS.ProcessEnv;
}

export interface DesktopOptions {
  readonly args: readonly string[];
  readonly machine: Machine;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
  readonly installMs?: number;
  readonly earlyMs?: number;
}

export function runDesktop(options: DesktopOptions): Promise<{ code: number } | { reason: string }>;
export function findObstacle(machine: Pick<Machine, "platform" | "uid" | "env">): string | null;
