#!/usr/bin/env node
// The command of the installed package: what is built runs under a Node that is new enough. Runs itself on Node 20.19.
import { runEngine } from "../scripts/run-engine.mjs";

try {
  process.exit(await runEngine(process.argv.slice(2)));
} catch (error) {
  process.stderr.write(`apivideo-inspector: ${error.message}\n`);
  process.exit(1);
}
