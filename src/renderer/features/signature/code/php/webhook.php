<?php

$secret = getenv('APIVIDEO_WEBHOOK_SECRET'); // all of it: sig_sec_…
if (!$secret) {
    http_response_code(500); // An empty key would let anybody sign.
    exit;
}

$body = file_get_contents('php://input'); // the raw bytes
$computed = hash_hmac('sha256', $body, $secret);
$came = $_SERVER['HTTP_X_API_VIDEO_SIGNATURE'] ?? '';
if (!hash_equals($computed, $came)) {
    http_response_code(401);
    exit;
}

// Genuine. Answer first and work later, on json_decode($body).
http_response_code(202);
