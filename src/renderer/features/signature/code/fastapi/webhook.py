import hashlib
import hmac
import os

from fastapi import FastAPI, Request, Response

SECRET = os.environ["APIVIDEO_WEBHOOK_SECRET"].encode()  # all of it: sig_sec_…
if not SECRET:
    raise SystemExit("Set APIVIDEO_WEBHOOK_SECRET.")
app = FastAPI()


@app.post("/webhook")
async def webhook(request: Request):  # no model, no Body(): nothing is parsed
    body = await request.body()  # the raw bytes
    computed = hmac.new(SECRET, body, hashlib.sha256).hexdigest()
    came = request.headers.get("X-Api-Video-Signature", "")
    if not hmac.compare_digest(came.encode(), computed.encode()):
        return Response(status_code=401)

    # Genuine. Answer first and work later, on json.loads(body).
    return Response(status_code=202)
