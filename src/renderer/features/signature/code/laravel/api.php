<?php

use Illuminate\Http\Request;
use Illuminate\Support\Facades\Route;

// In routes/api.php, where no CSRF token is asked for.
// config/services.php: 'apivideo' => ['secret' => env('APIVIDEO_WEBHOOK_SECRET')]
Route::post('/webhook', function (Request $request) {
    $secret = config('services.apivideo.secret'); // all of it: sig_sec_…
    abort_unless($secret, 500); // An empty key would let anybody sign.

    $body = $request->getContent(); // the raw bytes, not $request->all()
    $computed = hash_hmac('sha256', $body, $secret);
    $came = $request->header('X-Api-Video-Signature', '');
    abort_unless(hash_equals($computed, $came), 401);

    // Genuine. Answer first and work later, in a queued job on json_decode($body).
    return response()->noContent(202);
});
