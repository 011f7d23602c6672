/** What a value looks like on its way as JSON; what JSON has no word for is tagged with `$`. */
type Wire = unknown;

/** How functions and promises cross the context bridge. Without these hooks they cannot be cloned, as in Electron. */
export interface CodecHooks {
  encodeFunction(value: (...args: unknown[]) => unknown): number;
  decodeFunction(id: number): (...args: unknown[]) => unknown;
  encodePromise(value: Promise<unknown>): string;
  decodePromise(id: string): Promise<unknown>;
}

export interface Codec {
  encode(value: unknown): Wire;
  decode(wire: Wire): unknown;
}

/**
 * The structured clone algorithm over JSON, for the types that cross Electron's boundaries here. It runs in Node, in
 * the preload's world and in the page's world, where it arrives as text: it must close over nothing.
 */
export function makeCodec(hooks?: CodecHooks): Codec {
  const typeName = (value: unknown): string => Object.prototype.toString.call(value).slice(8, -1);
  const refuse = (value: unknown): never => {
    throw new Error(`An object could not be cloned. (${typeName(value)})`);
  };
  const toBase64 = (bytes: Uint8Array): string => {
    let text = "";
    for (const byte of bytes) text += String.fromCharCode(byte);
    return btoa(text);
  };

  function encode(value: unknown, above: readonly unknown[] = []): Wire {
    if (value === null || typeof value === "string" || typeof value === "boolean") return value;
    if (Object.is(value, -0)) return { $: "number", v: "-0" };
    if (typeof value === "number") return Number.isFinite(value) ? value : { $: "number", v: String(value) };
    if (value === undefined) return { $: "undefined" };
    if (typeof value === "bigint") return { $: "bigint", v: String(value) };
    if (typeof value === "function") {
      return hooks
        ? { $: "function", v: hooks.encodeFunction(value as (...args: unknown[]) => unknown) }
        : refuse(value);
    }
    if (typeof value === "symbol" || above.includes(value)) return refuse(value);
    const inner = (part: unknown) => encode(part, [...above, value]);
    if (value instanceof Promise) return hooks ? { $: "promise", v: hooks.encodePromise(value) } : refuse(value);
    if (Array.isArray(value)) return value.map(inner);
    if (value instanceof Date) return { $: "date", v: value.getTime() };
    if (value instanceof Map) return { $: "map", v: [...value].map((pair) => pair.map(inner)) };
    if (value instanceof Set) return { $: "set", v: [...value].map(inner) };
    if (value instanceof Error) return { $: "error", v: [value.name, value.message] };
    if (value instanceof Uint8Array) return { $: "bytes", v: toBase64(value) };
    if (typeName(value) !== "Object") return refuse(value);
    return { $: "object", v: Object.entries(value).map(([key, part]) => [key, inner(part)]) };
  }

  function decode(wire: Wire): unknown {
    if (wire === null || typeof wire !== "object") return wire;
    if (Array.isArray(wire)) return wire.map(decode);
    // Every other object was written by `encode` above.
    const { $: tag, v } = wire as { $: string; v: never };
    switch (tag) {
      case "undefined":
        return undefined;
      case "number":
        return Number(v);
      case "bigint":
        return BigInt(v);
      case "function":
        return hooks?.decodeFunction(v);
      case "promise":
        return hooks?.decodePromise(v);
      case "date":
        return new Date(v);
      case "map":
        return new Map((v as Wire[][]).map((pair) => pair.map(decode) as [unknown, unknown]));
      case "set":
        return new Set((v as Wire[]).map(decode));
      case "error":
        return Object.assign(new Error((v as string[])[1]), { name: (v as string[])[0] });
      case "bytes":
        return Uint8Array.from(atob(v), (letter) => letter.charCodeAt(0));
      default:
        return Object.fromEntries((v as [string, Wire][]).map(([key, part]) => [key, decode(part)]));
    }
  }

  return { encode: (value) => encode(value), decode };
}
