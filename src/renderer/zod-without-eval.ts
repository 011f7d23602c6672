import { config } from "zod";

// Imported before any schema is made: zod's compiled parsers need eval, which the page's policy forbids and reports.
config({ jitless: true });
