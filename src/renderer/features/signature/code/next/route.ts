import { createHmac, timingSafeEqual } from "node:crypto";

export async function POST(request: Request) {
  const secret = process.env["APIVIDEO_WEBHOOK_SECRET"]; // all of it: sig_sec_…
  if (!secret) throw new Error("Set APIVIDEO_WEBHOOK_SECRET.");

  // Not request.json(), nor text(): the signature is over the raw bytes.
  const body = Buffer.from(await request.arrayBuffer());
  const hmac = createHmac("sha256", secret).update(body);
  const computed = Buffer.from(hmac.digest("hex"));
  const came = Buffer.from(request.headers.get("X-Api-Video-Signature") ?? "");
  const fits =
    came.length === computed.length && timingSafeEqual(came, computed);

  // Genuine? Then answer first and work later, on JSON.parse(body.toString()).
  return new Response(null, { status: fits ? 202 : 401 });
}
