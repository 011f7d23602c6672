// A handler as tutorials have it. It has three bugs.
import { createHmac } from "node:crypto";
import express from "express";
import { insertRendition } from "./renditions.js";

const SIZES = {
  "240p": { width: 426, height: 240 },
  "360p": { width: 640, height: 360 },
  "480p": { width: 854, height: 480 },
  "720p": { width: 1280, height: 720 },
  "1080p": { width: 1920, height: 1080 },
};

const app = express();
app.use(express.json());

app.post("/webhooks", (request, response) => {
  const event = request.body;
  const signature = createHmac("sha256", process.env.APIVIDEO_WEBHOOK_SECRET)
    .update(JSON.stringify(event))
    .digest("hex");
  if (request.get("X-Api-Video-Signature") !== signature) return response.status(401).send("bad signature");
  if (event.type === "video.encoding.quality.completed") {
    const key = `${event.videoId} ${event.encoding} ${event.quality}`;
    insertRendition(key, SIZES[event.quality].width);
  }
  response.status(204).end();
});

app.use((error, _request, response, _next) => response.status(500).send(error.message));

app.listen(process.env.PORT, "127.0.0.1", () => process.stdout.write("ready\n"));
