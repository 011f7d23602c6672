// npm run -s cli -- COMMAND: the command line under the project's own Node, built when needed.
import { buildIfNeeded } from "./build.mjs";
import { runEngine } from "./run-engine.mjs";

try {
  await buildIfNeeded();
  process.exit(await runEngine(process.argv.slice(2)));
} catch (error) {
  process.stderr.write(`apivideo-inspector: ${error.message}\n`);
  process.exit(1);
}
