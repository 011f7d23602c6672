import * as z from "zod";

/** The stacks in which a handler that checks signatures is shown as code. */
export const Stack = z.enum([
  "express",
  "fastify",
  "next",
  "hono",
  "flask",
  "fastapi",
  "php",
  "laravel",
  "go",
  "ruby",
  "spring",
  "aspnet",
]);
export type Stack = z.infer<typeof Stack>;
