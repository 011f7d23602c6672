// A rendition that is not in the table is kept without a size.
import { createHmac, timingSafeEqual } from "node:crypto";
import express from "express";
import { hasRendition, insertRendition } from "./renditions.js";

const SIZES = {
  "240p": { width: 426, height: 240 },
  "360p": { width: 640, height: 360 },
  "480p": { width: 854, height: 480 },
  "720p": { width: 1280, height: 720 },
  "1080p": { width: 1920, height: 1080 },
};

const app = express();
app.use(express.raw({ type: () => true }));

app.post("/webhooks", (request, response) => {
  const signature = createHmac("sha256", process.env.APIVIDEO_WEBHOOK_SECRET).update(request.body).digest("hex");
  if (!isSame(request.get("X-Api-Video-Signature") ?? "", signature)) return response.status(401).send("bad signature");
  const event = JSON.parse(request.body);
  if (event.type === "video.encoding.quality.completed") {
    const key = `${event.videoId} ${event.encoding} ${event.quality}`;
    if (!hasRendition(key)) insertRendition(key, SIZES[event.quality]?.width ?? null);
  }
  response.status(204).end();
});

function isSame(given, expected) {
  return given.length === expected.length && timingSafeEqual(Buffer.from(given), Buffer.from(expected));
}

app.use((error, _request, response, _next) => response.status(500).send(error.message));

app.listen(process.env.PORT, "127.0.0.1", () => process.stdout.write("ready\n"));
