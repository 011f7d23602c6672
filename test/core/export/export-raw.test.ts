import { once } from "node:events";
import { connect } from "node:net";
import { describe, expect, it } from "vitest";
import type { ExportFile } from "#shared/contract/export-commands.ts";
import { encodingEvent, sendDelivery } from "../../helpers/api-video-delivery.ts";
import { startReceiver } from "../../helpers/receiver.ts";
import { type StartedEngine, startEngine } from "../../helpers/start-engine.ts";

async function exportRaw({ client }: StartedEngine, ids: string[], redact: string[] = []): Promise<ExportFile[]> {
  return (await client.call("export.create", { format: "raw", ids, redact })).files;
}

function bytesOf({ text, encoding }: ExportFile): Buffer {
  return Buffer.from(text, encoding ?? "utf8");
}

/** Sends bytes as they are, and waits for the end of the answer. */
async function sendBytes(url: string, ...messages: Buffer[]): Promise<void> {
  const { hostname, port } = new URL(url);
  for (const message of messages) {
    const socket = connect(Number(port), hostname);
    socket.write(message);
    await once(socket, "data");
    socket.destroy();
  }
}

describe("exporting raw HTTP", () => {
  it("is request line, headers and body as they came, in a file each", async () => {
    await using started = await startEngine();
    await started.client.call("settings.update", { redact: [] });
    const head = "POST /hook?a=1 HTTP/1.1\r\nHost: here\r\nx-ODD:  caf\u00e9\r\nContent-Length: 4\r\nX-Odd: 2\r\n\r\n";
    const plain = Buffer.from(`${head.replace("caf\u00e9", "cafe")}{}\n\n`, "latin1");
    const bytes = Buffer.concat([Buffer.from(head, "latin1"), Buffer.from([0xff, 0x00, 0x0d, 0x0a])]);
    await sendBytes(started.engine.listenerUrl, plain, bytes);

    const files = await exportRaw(started, ["d1", "d2"]);

    const asKept = (message: Buffer) => message.toString("latin1").replace("x-ODD:  ", "x-ODD: ");
    expect(files.map((file) => bytesOf(file).toString("latin1"))).toEqual([asKept(plain), asKept(bytes)]);
    expect(files.map(({ encoding }) => encoding)).toEqual([undefined, "base64"]);
    expect(files[0]?.name).toMatch(/^\d{8}-\d{9}-d1-.*\.http$/);
  });

  it("can be sent as it is, also where the body came in chunks or is another one now", async () => {
    await using started = await startEngine();
    await using receiver = await startReceiver();
    const chunked = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n1\r\n \r\n0\r\n\r\n";
    await sendBytes(started.engine.listenerUrl, Buffer.from(chunked));
    await sendDelivery(started.engine.listenerUrl, { body: encodingEvent({ videoId: "vi-private" }) });

    const files = await exportRaw(started, ["d1", "d2"], ["body:videoId"]);
    await sendBytes(receiver.url, ...files.map(bytesOf));

    expect(receiver.requests[0]?.body.toString()).toBe("{} ");
    expect(JSON.parse(receiver.requests[1]?.body.toString() ?? "").videoId).toMatch(/^redacted-/);
    expect(JSON.stringify(files)).not.toContain("vi-private");
  });
});
