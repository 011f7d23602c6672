import type { App } from "../app-context.ts";
import { fromBase64 } from "../client/base64.ts";
import { formatBytes } from "../theme/format.ts";

/** In parts, so that no single answer holds up the page. */
const SAVED_PART_BYTES = 1024 * 1024;

/** Fetches the whole body of the selected delivery and lets the user choose where it goes, whatever its bytes are. */
export async function savePayload(app: App): Promise<void> {
  const id = app.store.getState().view.selectedId;
  if (id === null) return;
  const parts: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { base64, totalBytes } = await app.client.call("deliveries.body", {
      id,
      offset: size,
      length: SAVED_PART_BYTES,
    });
    const part = fromBase64(base64);
    parts.push(part);
    size += part.length;
    if (part.length === 0 || size >= totalBytes) break;
  }
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  if (await app.shell.saveFile(`delivery-${id}.${fileEnding(bytes)}`, bytes)) {
    app.toast(`Payload saved, ${formatBytes(size)}.`);
  }
}

/** By its first character: whoever opens the file sees at once what it is. */
function fileEnding(bytes: Uint8Array): "json" | "bin" {
  const first = bytes.find((byte) => byte > 0x20);
  return first === 0x7b || first === 0x5b ? "json" : "bin";
}
