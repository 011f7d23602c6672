import { createHmac, timingSafeEqual } from "node:crypto";
import express from "express";

const secret = process.env.APIVIDEO_WEBHOOK_SECRET; // all of it: sig_sec_…
if (!secret) throw new Error("Set APIVIDEO_WEBHOOK_SECRET.");
const app = express();

// Above any app.use(express.json()), so that the body stays raw bytes.
app.post("/webhook", express.raw({ type: () => true }), (request, response) => {
  const hmac = createHmac("sha256", secret).update(request.body ?? "");
  const computed = Buffer.from(hmac.digest("hex"));
  const came = Buffer.from(request.get("X-Api-Video-Signature") ?? "");
  const fits =
    came.length === computed.length && timingSafeEqual(came, computed);

  // Genuine? Then answer first and work later, on JSON.parse(request.body).
  response.sendStatus(fits ? 202 : 401);
});

app.listen(process.env.PORT ?? 3000);
