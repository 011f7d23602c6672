export type Language = "flask" | "fastapi" | "requests" | "php" | "phpCurl" | "ruby" | "go" | "java";
export const LANGUAGES: readonly Language[];
export function findLanguage(name: Language): string | null;
export function provideLanguages(log: (line: string) => void): Promise<void>;
