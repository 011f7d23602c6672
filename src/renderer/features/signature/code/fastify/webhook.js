import { createHmac, timingSafeEqual } from "node:crypto";
import Fastify from "fastify";

const secret = process.env.APIVIDEO_WEBHOOK_SECRET; // all of it: sig_sec_…
if (!secret) throw new Error("Set APIVIDEO_WEBHOOK_SECRET.");
const app = Fastify();

app.register(async (hook) => {
  // Only for this route: no JSON parser, the body stays raw bytes.
  hook.removeAllContentTypeParsers();
  const raw = async (_request, body) => body;
  hook.addContentTypeParser("*", { parseAs: "buffer" }, raw);

  hook.post("/webhook", async (request, reply) => {
    const hmac = createHmac("sha256", secret).update(request.body ?? "");
    const computed = Buffer.from(hmac.digest("hex"));
    const came = Buffer.from(request.headers["x-api-video-signature"] ?? "");
    const fits =
      came.length === computed.length && timingSafeEqual(came, computed);

    // Genuine? Then answer first and work later, on JSON.parse(request.body).
    return reply.code(fits ? 202 : 401).send();
  });
});

app.listen({ port: Number(process.env.PORT ?? 3000) });
