using System.Security.Cryptography;
using System.Text;

var app = WebApplication.CreateBuilder(args).Build();
var secret = app.Configuration["APIVIDEO_WEBHOOK_SECRET"]; // all of it: sig_sec_…
if (string.IsNullOrEmpty(secret)) throw new("Set APIVIDEO_WEBHOOK_SECRET.");

app.MapPost("/webhook", async (HttpRequest request) =>
{
    // The raw bytes: no parameter bound from the body, nothing deserialised.
    using var body = new MemoryStream();
    await request.Body.CopyToAsync(body);

    var hash = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body.ToArray());
    var computed = Encoding.UTF8.GetBytes(Convert.ToHexString(hash).ToLowerInvariant());
    var came = Encoding.UTF8.GetBytes(request.Headers["X-Api-Video-Signature"].ToString());
    var fits = CryptographicOperations.FixedTimeEquals(came, computed);

    // Genuine? Then answer first and work later, on body.
    return Results.StatusCode(fits ? 202 : 401);
});

app.Run();
