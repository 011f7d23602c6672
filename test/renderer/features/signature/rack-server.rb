# Serves the Rack application of a config.ru: ruby rack-server.rb FILE PORT. Rack's own linter checks its answers.
require "rack"
require "webrick"

# An application alone in Rack 3, one with options in Rack 2.
application = Array(Rack::Builder.parse_file(ARGV.fetch(0))).first
application = Rack::Lint.new(application)

server = WEBrick::HTTPServer.new(
  BindAddress: "127.0.0.1", Port: ARGV.fetch(1).to_i, AccessLog: [], Logger: WEBrick::Log.new(nil, 0)
)
server.mount_proc("/") do |request, response|
  env = Rack::MockRequest.env_for(request.unparsed_uri, method: request.request_method, input: request.body.to_s)
  request.each { |name, value| env["HTTP_#{name.upcase.tr("-", "_")}"] = value unless name.start_with?("content-") }
  status, headers, body = application.call(env)
  response.status = status
  headers.each { |name, value| response[name] = value }
  response.body = +""
  body.each { |part| response.body << part }
  body.close if body.respond_to?(:close)
end
server.start
