import { describe, expect, it } from "vitest";
import { createVideo, upload } from "./media.ts";
import { startTestSimulator } from "./start-test-simulator.ts";

describe("uploads to the simulator", () => {
  it("takes a source in parts of which the number is told with the last", async () => {
    await using simulator = await startTestSimulator();
    const videoId = await createVideo(simulator);

    await upload(simulator, videoId, 100, "part 2/*");
    await upload(simulator, videoId, 100, "part 1/*");
    const before = await simulator.call("GET", `/videos/${videoId}/status`);
    await upload(simulator, videoId, 50, "part 3/3");
    const after = await simulator.call("GET", `/videos/${videoId}/status`);

    expect(before.json["ingest"]).toMatchObject({ status: "uploading", receivedParts: { parts: [1, 2], total: null } });
    expect(after.json["ingest"]).toMatchObject({ filesize: 250, receivedParts: { parts: [1, 2, 3], total: 3 } });
    expect((await upload(simulator, videoId, 1)).json["title"]).toBe("This video source has already been uploaded.");
  });

  it("takes a source in ranges of bytes, whatever their order", async () => {
    await using simulator = await startTestSimulator();
    const videoId = await createVideo(simulator);

    await upload(simulator, videoId, 60, "bytes 40-99/100");
    const mixed = await upload(simulator, videoId, 10, "part 1/2");
    const whole = await upload(simulator, videoId, 10);
    await upload(simulator, videoId, 40, "bytes 0-39/100");

    expect(mixed.json["title"]).toContain('started with "bytes", you cannot continue it with "part"');
    expect(whole.json["title"]).toContain("already been initiated");
    const status = await simulator.call("GET", `/videos/${videoId}/status`);
    expect(status.json["ingest"]).toMatchObject({ filesize: 100 });
  });

  it.each(["part 0/2", "part 3/2", "bytes 5-1/10", "bytes 0-10/10", "lines 1-2/3", "part 1"])(
    "refuses the Content-Range %j",
    async (range) => {
      await using simulator = await startTestSimulator();

      const refused = await upload(simulator, await createVideo(simulator), 10, range);

      expect(refused).toMatchObject({
        status: 400,
        json: { type: "https://docs.api.video/reference/video-content-range-malformed" },
      });
    },
  );

  it.each([
    ["no multipart", "application/octet-stream", "abc", "attribute-required"],
    ["no boundary", "multipart/form-data; x=y", "abc", "uploaded-file-invalid"],
    [
      "an end too early",
      "multipart/form-data; boundary=b",
      "--b\r\nContent-Disposition: form-data",
      "uploaded-file-invalid",
    ],
    ["no file", "multipart/form-data; boundary=b", "--b--\r\n", "attribute-required"],
  ])("refuses an upload with %s", async (_name, type, body, slug) => {
    await using simulator = await startTestSimulator();
    const videoId = await createVideo(simulator);

    const refused = await simulator.call("POST", `/videos/${videoId}/source`, body, { "Content-Type": type });

    expect(refused.status).toBe(400);
    expect(refused.json["type"]).toBe(`https://docs.api.video/reference/${slug}`);
  });

  it("refuses an empty file and two files", async () => {
    await using simulator = await startTestSimulator();
    const videoId = await createVideo(simulator);
    const part = (name: string) =>
      `--b\r\nContent-Disposition: form-data; name="${name}"; filename="${name}.mp4"\r\nContent-Type: video/mp4\r\n\r\nxx\r\n`;
    const headers = { "Content-Type": "multipart/form-data; boundary=b" };

    const two = await simulator.call("POST", `/videos/${videoId}/source`, `${part("a")}${part("b")}--b--\r\n`, headers);

    expect(two.json["title"]).toBe("There are more than one uploaded file in the request.");
    expect((await upload(simulator, videoId, 0)).json["title"]).toBe("The uploaded file is empty.");
  });
});
