import { createHmac, timingSafeEqual } from "node:crypto";
import { Hono } from "hono";

const app = new Hono();

app.post("/webhook", async (c) => {
  const secret = process.env.APIVIDEO_WEBHOOK_SECRET; // all of it: sig_sec_…
  if (!secret) throw new Error("Set APIVIDEO_WEBHOOK_SECRET.");

  // Not c.req.json(), nor text(): the signature is over the raw bytes.
  const body = Buffer.from(await c.req.arrayBuffer());
  const hmac = createHmac("sha256", secret).update(body);
  const computed = Buffer.from(hmac.digest("hex"));
  const came = Buffer.from(c.req.header("X-Api-Video-Signature") ?? "");
  const fits =
    came.length === computed.length && timingSafeEqual(came, computed);

  // Genuine? Then answer first and work later, on JSON.parse(body.toString()).
  return c.body(null, fits ? 202 : 401);
});

export default app;
