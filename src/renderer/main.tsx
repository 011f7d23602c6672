import { config } from "zod";

// Before any schema is made: zod's compiled parsers need eval, which the page's policy forbids and reports.
config({ jitless: true });

const { start } = await import("./start.tsx");
start(window);
