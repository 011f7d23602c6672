import fc from "fast-check";
import { times } from "./fuzz.ts";

/** For properties that do not say how often they are tried. */
fc.configureGlobal({ numRuns: times(100) });
