require "openssl"

SECRET = ENV.fetch("APIVIDEO_WEBHOOK_SECRET") # all of it: sig_sec_...
raise "Set APIVIDEO_WEBHOOK_SECRET." if SECRET.empty?

# A Rack app: runs by itself, and is mounted in Rails by
# match "/webhook", to: WEBHOOK, via: :post
WEBHOOK = lambda do |env|
  body = env["rack.input"]&.read.to_s # the raw bytes
  computed = OpenSSL::HMAC.hexdigest("SHA256", SECRET, body)
  came = env["HTTP_X_API_VIDEO_SIGNATURE"].to_s
  next [401, {}, []] unless OpenSSL.secure_compare(came, computed)

  # Genuine. Answer first and work later, on JSON.parse(body).
  [202, {}, []]
end

run WEBHOOK
