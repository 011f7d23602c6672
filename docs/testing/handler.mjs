// A handler to be tested: checks the signature over the exact bytes, and keeps what it was told.
import { createHmac, timingSafeEqual } from "node:crypto";
import { createServer } from "node:http";

/** Answers the port it listens on, what it was told, and how to end it. */
export async function startHandler(secret) {
  const ready = [];
  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray());
    if (!isSigned(body, request.headers["x-api-video-signature"], secret)) return response.writeHead(401).end();
    const event = JSON.parse(body);
    if (event.type === "video.encoding.quality.completed") ready.push(`${event.videoId} ${event.quality}`);
    return response.writeHead(204).end();
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { port: server.address().port, ready, stop: () => server.close() };
}

function isSigned(body, given = "", secret) {
  const expected = createHmac("sha256", secret).update(body).digest("hex");
  return given.length === expected.length && timingSafeEqual(Buffer.from(given), Buffer.from(expected));
}
