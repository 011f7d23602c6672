/** What the documents tell to run and no line is typed for: the file that does it with what stands there, or why nobody does. */
export type Elsewhere = { readonly in: string; readonly as: string } | { readonly because: string };

const MEASURED: Elsewhere = { because: "a measurement, never part of the tests" };
const EACH: Elsewhere = { because: "stands for every command" };

export const ELSEWHERE: Readonly<Record<string, Elsewhere>> = {
  "npm ci && npm test": { in: ".ci/run", as: "npm test" },
  "npm test": { in: ".ci/run", as: "npm test" },
  "npm run check": { in: "scripts/test.mjs", as: 'run("biome"' },
  "npm run test:unit -- test/core/store": { in: "scripts/test.mjs", as: 'run("vitest"' },
  "npm run licences": { in: "test/licences.test.ts", as: "scripts/licences.mjs" },
  "npm run reference": { in: "test/scripts/reference.test.ts", as: "scripts/reference.mjs" },
  "npm pack": { in: "test/journeys/package.test.ts", as: '"pack"' },
  "npx ./apivideo-inspector-0.1.0.tgz serve": { in: "test/journeys/package.test.ts", as: '["serve"' },
  "npm run -s cli -- COMMAND": EACH,
  "apivideo-inspector COMMAND": EACH,
  "npm install --no-save @ngrok/ngrok": { because: "is of use with an account at ngrok only" },
  "npm run format": { because: "writes to the sources" },
  "npm run screenshots": { because: "writes the pictures of docs" },
  "npm run fuzz 50": { because: "fifty times as long as the tests that it repeats" },
  "npm run mutate": { because: "takes an hour" },
  "npm run mutate verification": { because: "takes 12 minutes" },
  "npm install --no-save --ignore-scripts @stryker-mutator/core@10.1.1 @stryker-mutator/vitest-runner@10.1.1": {
    because: "brings 150 packages for npm run mutate alone",
  },
  "npm run soak": { because: "takes an hour" },
  "npm run bench": MEASURED,
  "npm run bench:ui": MEASURED,
  "npm run bench crash": MEASURED,
  "npm run bench fidelity": MEASURED,
  "npm run bench replay": MEASURED,
  "npm run bench runs": MEASURED,
  "npm run bench forward": MEASURED,
  "npm run bench capture": MEASURED,
  "npm run bench memory": MEASURED,
  "npm run bench retention": MEASURED,
  "npm run bench compare": MEASURED,
  "npm run bench payload tabs": MEASURED,
  "npm run bench payload tabs compare": MEASURED,
  "npm run bench scale": MEASURED,
  "SCALE=100000 npm run bench scale": MEASURED,
};

/** Documents whose commands belong together: each has a test of its own, which runs all of it. */
export const OF_THEIR_OWN: Readonly<Record<string, string>> = {
  "docs/walk-through/README.md": "test/journeys/documented-walk-through.test.ts",
  "docs/testing/README.md": "test/journeys/package.test.ts",
};

/** How coding agents are told of us; test/journeys/documented-agents.test.ts starts what each line and block registers. */
export const isForAgents = (text: string): boolean => / mcp add |mcpServers|mcp_servers/.test(text);
