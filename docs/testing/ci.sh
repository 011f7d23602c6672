#!/usr/bin/env bash
# A job for CI: starts an inspector of its own and your server, plays an upload, waits for the answers, and replays what came
# as fixtures, with a report in JUnit XML. Nothing leaves the machine. On GitHub Actions: `- run: bash ci.sh`.
set -euo pipefail

inspector=${INSPECTOR:-npx apivideo-inspector}
port=${PORT:-3000}

# until_said TEXT FILE PID
until_said() {
  until grep -q "$1" "$2"; do
    kill -0 "$3" 2> /dev/null || { echo "It ended before it was ready: see $2 and what it said above." >&2; exit 1; }
    sleep 0.1
  done
}

# 1. The inspector, with a folder that goes when it ends.
$inspector listen --standalone --format json --print-secret < /dev/null > inspector.jsonl &
inspector_pid=$!
server_pid=
trap 'kill -INT $inspector_pid $server_pid 2> /dev/null; wait' EXIT
until_said '"kind":"secret"' inspector.jsonl $inspector_pid
field() {
  node -p 'require("fs").readFileSync("inspector.jsonl", "utf8").trim().split("\n").map((line) => JSON.parse(line))
    .find(({ kind }) => kind === process.argv[1])[process.argv[2]]' "$1" "$2"
}
APIVIDEO_INSPECTOR_DATA_DIR=$(field ready dataDir)
APIVIDEO_WEBHOOK_SECRET=$(field secret secret)
export APIVIDEO_INSPECTOR_DATA_DIR APIVIDEO_WEBHOOK_SECRET

# 2. Your server, which checks signatures with that secret.
PORT=$port ${SERVER:-node server.js} > server.log &
server_pid=$!
until_said ready server.log $server_pid
$inspector config set "forwardTo=http://localhost:$port/webhooks"

# 3. All events of an upload, and what your server says to them.
$inspector trigger --scenario upload --speed max
$inspector events wait 'type:video.encoding.quality.completed status:2xx' --any --timeout 30

# 4. The same again, as fixtures that you may commit.
$inspector events export --format fixtures --out fixtures type:video
$inspector events replay fixtures --to "http://localhost:$port/webhooks" --expect 2xx --junit webhooks.xml
