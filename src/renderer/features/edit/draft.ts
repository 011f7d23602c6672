import type { ReplaySign } from "#shared/contract/replay-commands.ts";
import { type HeaderPairs, headerValue, SIGNATURE_HEADER } from "#shared/domain/headers.ts";
import { isTarget, NO_TARGET, type Target } from "#shared/domain/named-target.ts";
import {
  headerFate,
  headerNameFault,
  headerValueFault,
  methodFault,
  pathFault,
  type RequestEdits,
} from "#shared/domain/request-edits.ts";
import { toBase64 } from "../../client/base64.ts";
import { formatBytes, formatPlural } from "../../theme/format.ts";
import { readHexText } from "./hex-text.ts";

/** One header while it is edited; the id keeps its row apart from the others. */
export interface HeaderRow {
  readonly id: number;
  readonly name: string;
  readonly value: string;
}

/** `unread`: too large for an editor, so it stays as it is. */
export type DraftBody =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "hex"; readonly text: string }
  | { readonly kind: "unread" };

export type SignChoice = "keep" | "webhook" | "secret";

/** A delivery while it is edited. */
export interface Draft {
  readonly method: string;
  readonly path: string;
  readonly headers: readonly HeaderRow[];
  readonly body: DraftBody;
  readonly sign: SignChoice;
  readonly secret: string;
  /** A target's name, a URL or a port; empty for where the routes say. */
  readonly target: string;
}

/** The delivery as it would be sent unchanged. `body` is null where it is too large for an editor. */
export interface Original {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly headers: HeaderPairs;
  readonly body: Uint8Array | null;
  readonly bodyBytes: number;
}

/** What is wrong with the draft by field, in words; those of headers by their rows' ids. */
export interface DraftFaults {
  readonly method: string | null;
  readonly path: string | null;
  readonly names: ReadonlyMap<number, string>;
  readonly values: ReadonlyMap<number, string>;
  readonly body: string | null;
  readonly target: string | null;
  /** A secret is to be given, and none is. */
  readonly isSecretMissing: boolean;
}

/** `targets` are those that it may name. */
export function faultsOf(draft: Draft, targets: readonly Target[]): DraftFaults {
  const { method, path, headers, body, target } = draft;
  const hex = body.kind === "hex" ? readHexText(body.text) : null;
  return {
    method: methodFault(method),
    path: pathFault(path),
    names: faultsBy(headers, ({ name }) => headerNameFault(name)),
    values: faultsBy(headers, ({ value }) => headerValueFault(value)),
    body: hex?.kind === "fault" ? hex.message : null,
    target: target.trim() === "" || isTarget(target, targets) ? null : NO_TARGET,
    isSecretMissing: draft.sign === "secret" && draft.secret === "",
  };
}

export function hasFault({ names, values, method, path, body, target, isSecretMissing }: DraftFaults): boolean {
  const isFit = [method, path, body, target].every((fault) => fault === null);
  return !isFit || names.size > 0 || values.size > 0 || isSecretMissing;
}

/** What differs from the original, for the engine; of a draft without faults. */
export function toEdits(draft: Draft, original: Original): RequestEdits {
  const headers = draft.headers.map(({ name, value }): [string, string] => [name, value]);
  const body = bytesOf(draft.body);
  return {
    ...(draft.method !== original.method && { method: draft.method }),
    ...(draft.path !== original.path && { path: draft.path }),
    ...(!areSame(headers, original.headers) && { headers }),
    ...(body !== null && !isSameBody(body, original) && { body: toBody(draft.body, body) }),
  };
}

/** True where something would be lost if the draft was given up. */
export function isDirty(draft: Draft, opened: Draft, original: Original, faults: DraftFaults): boolean {
  if (hasFault(faults) || draft.secret !== "" || draft.sign !== opened.sign) return true;
  return Object.keys(toEdits(draft, original)).length > 0;
}

export function toSign({ sign, secret }: Draft): ReplaySign {
  return sign === "secret" ? { secret } : sign;
}

/** True where the signature that was asked for is the one that the original has. */
export function isSameSignature(signature: string | null, original: Original): boolean {
  return signature === (headerValue(original.headers, SIGNATURE_HEADER) ?? null);
}

/** What was changed, in words: `path, 1 header, body (2 bytes longer)`; empty where nothing was. */
export function changeWords(draft: Draft, original: Original, isSignedAnew: boolean): string[] {
  const body = bytesOf(draft.body);
  const headers = countChanged(draft.headers, original.headers);
  return [
    ...(draft.method === original.method ? [] : ["method"]),
    ...(draft.path === original.path ? [] : ["path"]),
    ...(headers === 0 ? [] : [formatPlural(headers, "header")]),
    ...(body === null || isSameBody(body, original) ? [] : [`body (${sizeWords(body.length - original.bodyBytes)})`]),
    ...(isSignedAnew ? ["signature"] : []),
  ];
}

/** The body's bytes; null where they are not known or cannot be read. */
export function bytesOf(body: DraftBody): Uint8Array | null {
  if (body.kind === "unread") return null;
  if (body.kind === "text") return new TextEncoder().encode(body.text);
  const reading = readHexText(body.text);
  return reading.kind === "bytes" ? reading.bytes : null;
}

function toBody(body: DraftBody, bytes: Uint8Array): NonNullable<RequestEdits["body"]> {
  return body.kind === "text" ? body.text : { base64: toBase64(bytes) };
}

function isSameBody(body: Uint8Array, { body: original }: Original): boolean {
  return original !== null && body.length === original.length && body.every((byte, at) => byte === original[at]);
}

/** How many of the longer list are not where they were, or not what they were. */
function countChanged(rows: readonly HeaderRow[], original: HeaderPairs): number {
  const rest = original.map(([name, value]) => `${name}: ${value}`);
  const added = rows.filter(({ name, value }) => {
    const at = rest.indexOf(`${name}: ${value}`);
    if (at !== -1) rest.splice(at, 1);
    return at === -1;
  }).length;
  const changed = Math.max(added, rest.length);
  const pairs = rows.map(({ name, value }): [string, string] => [name, value]);
  // None came and none went: they are in another order.
  return changed === 0 && !areSame(pairs, original) ? rows.length : changed;
}

function areSame(one: HeaderPairs, other: HeaderPairs): boolean {
  return (
    one.length === other.length &&
    one.every(([name, value], index) => name === other[index]?.[0] && value === other[index]?.[1])
  );
}

function sizeWords(more: number): string {
  if (more === 0) return "as long as before";
  return `${formatBytes(Math.abs(more))} ${more > 0 ? "longer" : "shorter"}`;
}

function faultsBy(rows: readonly HeaderRow[], faultOf: (row: HeaderRow) => string | null): ReadonlyMap<number, string> {
  return new Map(
    rows.flatMap((row) => {
      const fault = faultOf(row);
      return fault === null ? [] : [[row.id, fault] as const];
    }),
  );
}

/** What becomes of a header that is not sent as it is written; undefined where it is. */
export function headerNote(name: string, sign: SignChoice): string | undefined {
  switch (headerFate(name)) {
    case "host":
      return "The target's name is sent instead.";
    case "length":
      return "The length of the body is sent instead.";
    case "dropped":
      return "It is of one connection only, and not sent.";
    case "sent":
      return name.toLowerCase() === SIGNATURE_HEADER && sign !== "keep" ? "Signed anew when it is sent." : undefined;
  }
}
