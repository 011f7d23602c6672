/** Every form in which a text may have got somewhere: as it is, or as something carries it. */
function formsOf(secret: string): string[] {
  const bytes = Buffer.from(secret);
  const hex = bytes.toString("hex");
  const inBase64 = [0, 1, 2].flatMap((shift) => {
    // What stands before and after it in what was encoded changes the signs at its ends.
    const encoded = Buffer.concat([Buffer.alloc(shift), bytes])
      .toString("base64")
      .replaceAll("=", "");
    const inner = encoded.slice(Math.ceil((shift * 8) / 6), Math.floor(((shift + bytes.length) * 8) / 6));
    return [inner, inner.replaceAll("+", "-").replaceAll("/", "_")];
  });
  const percented = hex.replace(/../g, "%$&");
  const encoded = encodeURIComponent(secret);
  return [
    ...[secret, JSON.stringify(secret).slice(1, -1), encoded, new URLSearchParams([["", secret]]).toString().slice(1)],
    ...[hex, hex.toUpperCase(), percented, percented.toUpperCase(), ...inBase64],
  ];
}

/** The names of those secrets of which a trace is in the text or bytes, in any form. */
export function tracesIn(text: string | Buffer, secrets: Readonly<Record<string, string>>): string[] {
  const bytes = typeof text === "string" ? Buffer.from(text) : text;
  return Object.entries(secrets).flatMap(([name, secret]) =>
    formsOf(secret).some((form) => bytes.includes(form)) ? [name] : [],
  );
}
