declare module "har-validator/lib/promise.js" {
  /** Rejects with what is against the schema of HAR 1.2. */
  export function har(document: unknown): Promise<unknown>;
}
