export function electronPackage(root: string): string;
export function electronBinary(root: string, env?: NodeJS.ProcessEnv): string | null;
