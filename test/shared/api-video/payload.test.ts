import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readPayload, readPayloadStart } from "#shared/api-video/payload.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const EVENT =
  '{"type":"video.caption.generated","emittedAt":"2026-07-01T09:31:40+00:00","videoId":"vi1","language":"en"';
const FACTS = {
  type: "video.caption.generated",
  detail: "en",
  emittedAt: "2026-07-01T09:31:40+00:00",
  subject: { videoId: "vi1" },
};

describe("the beginning of a body", () => {
  it("says what a body of megabytes is, as its whole would", () => {
    const body = `${EVENT},"rest":"${"x".repeat(5_000_000)}"}`;

    expect(readPayloadStart(bytes(body))).toEqual(FACTS);
    expect(readPayload(body)).toEqual(FACTS);
  });

  it("says it of a body that broke off too", () => {
    expect(readPayloadStart(bytes(`${EVENT},"titl`))).toEqual(FACTS);
  });

  it("knows a tutorial's shape", () => {
    expect(readPayloadStart(bytes('{"event":"video.uploaded","data":{"videoId":"vi2"},"x":["'))).toMatchObject({
      type: "video.uploaded",
      subject: { videoId: "vi2" },
    });
  });

  it("says nothing of what stands behind the first 64 KiB, or of what is no JSON", () => {
    expect(readPayloadStart(bytes(`{"pad":"${"x".repeat(70_000)}","type":"late"}`)).type).toBeNull();
    expect(readPayloadStart(bytes(`plain ${EVENT}`)).type).toBeNull();
  });

  it("gives for short JSON what the whole gives", () => {
    const member = fc.constantFrom("type", "event", "data", "videoId", "quality", "__proto__", "emittedAt", "x");
    fc.assert(
      fc.property(fc.dictionary(member, fc.oneof(fc.string(), fc.jsonValue())), (value) => {
        const body = JSON.stringify(value);
        expect(readPayloadStart(bytes(body))).toEqual(readPayload(body));
      }),
    );
  });
});
