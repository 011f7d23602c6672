import type { Stack } from "#shared/domain/stack.ts";
import aspnet from "./code/aspnet/Program.cs?raw";
import express from "./code/express/webhook.js?raw";
import fastapi from "./code/fastapi/webhook.py?raw";
import fastify from "./code/fastify/webhook.js?raw";
import flask from "./code/flask/webhook.py?raw";
import go from "./code/go/main.go?raw";
import hono from "./code/hono/webhook.js?raw";
import laravel from "./code/laravel/api.php?raw";
import next from "./code/next/route.ts?raw";
import php from "./code/php/webhook.php?raw";
import ruby from "./code/ruby/config.ru?raw";
import spring from "./code/spring/WebhookController.java?raw";

/** A handler that checks signatures as it should, in one stack. Each text is a file that the tests run as it is shown. */
export interface StackCode {
  readonly name: string;
  /** Where it goes in a project of this stack. */
  readonly file: string;
  readonly code: string;
  /** What keeps the body as raw bytes here, and what would spoil them. */
  readonly rawBytes: string;
  /** The comparison in constant time. */
  readonly compare: string;
  /** Why the tests do not run it; null where they do. */
  readonly notRun: string | null;
}

/** In the order in which they are offered. */
export const STACKS: Readonly<Record<Stack, StackCode>> = {
  express: {
    name: "Express",
    file: "webhook.js",
    code: express,
    rawBytes:
      "express.raw() on this route hands over the bytes. An express.json() that stands above it reads them first, and request.body is an object.",
    compare: "timingSafeEqual",
    notRun: null,
  },
  fastify: {
    name: "Fastify",
    file: "webhook.js",
    code: fastify,
    rawBytes:
      "The parser for * hands over the bytes, inside this plugin only. Fastify's own parser makes an object of every JSON body.",
    compare: "timingSafeEqual",
    notRun: null,
  },
  next: {
    name: "Next.js",
    file: "app/api/webhook/route.ts",
    code: next,
    rawBytes:
      "request.arrayBuffer() gives the bytes. request.json() parses them; request.text() drops a byte order mark and replaces what is not UTF-8.",
    compare: "timingSafeEqual",
    notRun: null,
  },
  hono: {
    name: "Hono",
    file: "webhook.js",
    code: hono,
    rawBytes:
      "c.req.arrayBuffer() gives the bytes. c.req.json() parses them; c.req.text() drops a byte order mark and replaces what is not UTF-8.",
    compare: "timingSafeEqual",
    notRun: null,
  },
  flask: {
    name: "Flask",
    file: "webhook.py",
    code: flask,
    rawBytes:
      "request.get_data() gives the bytes, and comes before request.form, which uses them up. json.dumps(request.json) writes other spaces and escapes.",
    compare: "hmac.compare_digest",
    notRun: null,
  },
  fastapi: {
    name: "FastAPI",
    file: "webhook.py",
    code: fastapi,
    rawBytes:
      "await request.body() gives the bytes. A parameter of a Pydantic model, or Body(), has FastAPI parse them instead.",
    compare: "hmac.compare_digest",
    notRun: null,
  },
  php: {
    name: "PHP",
    file: "webhook.php",
    code: php,
    rawBytes: "php://input gives the bytes. json_encode(json_decode(…)) escapes slashes and all that is not ASCII.",
    compare: "hash_equals",
    notRun: null,
  },
  laravel: {
    name: "Laravel",
    file: "routes/api.php",
    code: laravel,
    rawBytes:
      "$request->getContent() gives the bytes. $request->all() and $request->json() are parsed, and trimmed by Laravel's own middleware.",
    compare: "hash_equals",
    notRun: "it needs a Laravel project around it",
  },
  go: {
    name: "Go",
    file: "main.go",
    code: go,
    rawBytes:
      "io.ReadAll(r.Body) gives the bytes. A json.Decoder before it leaves nothing to read, and json.Marshal sorts keys of maps.",
    compare: "hmac.Equal",
    notRun: null,
  },
  ruby: {
    name: "Ruby",
    file: "config.ru",
    code: ruby,
    rawBytes:
      "rack.input gives the bytes; in a Rails controller request.raw_post does. params is parsed, and params.to_json is another text.",
    compare: "OpenSSL.secure_compare",
    notRun: null,
  },
  spring: {
    name: "Java, Spring",
    file: "WebhookController.java",
    code: spring,
    rawBytes:
      "@RequestBody byte[] gives the bytes. A String goes through a character set, and a class of your own through Jackson.",
    compare: "MessageDigest.isEqual",
    notRun: "it needs a JDK and Spring",
  },
  aspnet: {
    name: "C#, ASP.NET",
    file: "Program.cs",
    code: aspnet,
    rawBytes:
      "request.Body gives the bytes. A parameter bound from the body is deserialised, and serialising it writes another text.",
    compare: "CryptographicOperations.FixedTimeEquals",
    notRun: "it needs the .NET SDK",
  },
};
