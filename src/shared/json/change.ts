/** One difference between two things of the same kind. Texts are for people: JSON values as JSON, clipped. */
export interface Change {
  /** rewritten: the same value or key, written differently. reordered: the same keys of an object in another order. */
  readonly kind: "added" | "removed" | "changed" | "rewritten" | "reordered";
  /** Where: a fact's name, a header's name, or a path into JSON as a search takes it, `metadata[0].value`; empty for the whole. */
  readonly path: string;
  readonly before: string | null;
  readonly after: string | null;
}
