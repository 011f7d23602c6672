import hashlib
import hmac
import os

from flask import Flask, request

SECRET = os.environ["APIVIDEO_WEBHOOK_SECRET"].encode()  # all of it: sig_sec_…
if not SECRET:
    raise SystemExit("Set APIVIDEO_WEBHOOK_SECRET.")
app = Flask(__name__)


@app.post("/webhook")
def webhook():
    body = request.get_data()  # the raw bytes, before request.json
    computed = hmac.new(SECRET, body, hashlib.sha256).hexdigest()
    came = request.headers.get("X-Api-Video-Signature", "")
    if not hmac.compare_digest(came.encode(), computed.encode()):
        return "", 401

    # Genuine. Answer first and work later, on json.loads(body).
    return "", 202
