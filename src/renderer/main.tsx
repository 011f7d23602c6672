import "./zod-without-eval.ts";
import { start } from "./start.tsx";

start(window);
