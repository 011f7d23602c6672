import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { TOOLS } from "#core/hosts/cli/mcp/all-tools.ts";
import { ALLOWED_WRITES, annotationsOf, outputOf } from "#core/hosts/cli/mcp/tool.ts";
import { commands } from "#shared/contract/commands.ts";
import type { CommandName } from "#shared/contract/types.ts";
import { projectRoot } from "../../../helpers/child.ts";

const used = new Set<CommandName>(TOOLS.flatMap(({ uses }) => uses));
const FORBIDDEN =
  /^(secrets|profiles|export|tunnel|webhooks|faults|hold)\.|\.(delete|clear|update|reset|write|erase|remove|register|prune)$/;

/** Every name of a property in a schema of JSON, however deep. */
function namesIn(schema: unknown): string[] {
  if (typeof schema !== "object" || schema === null) return [];
  const own = "properties" in schema && typeof schema.properties === "object" ? schema.properties : null;
  return [...Object.keys(own ?? {}), ...Object.values(schema).flatMap(namesIn)];
}

describe("the tools for agents", () => {
  it("read, and of all that changes something can only replay and simulate", () => {
    const writes = [...used].filter((name) => commands[name].effect !== "read");

    expect(writes.sort()).toEqual(["replay.send", "simulator.trigger"]);
    expect([...ALLOWED_WRITES].sort()).toEqual(writes);
  });

  it("have no way to settings, secrets, files, webhooks or the end of anything", () => {
    expect([...used].filter((name) => FORBIDDEN.test(name))).toEqual([]);
    // The pattern knows what it forbids: each of these is in the contract.
    const known = Object.keys(commands).filter((name) => FORBIDDEN.test(name));
    expect(known).toEqual(
      expect.arrayContaining([
        ...["deliveries.delete", "deliveries.clear", "settings.update", "settings.reset", "app.erase"],
        ...["secrets.status", "secrets.set", "secrets.clear", "export.write", "export.create"],
      ]),
    );
  });

  it.each(TOOLS)("$name: takes no secret, no edits and gives none out", ({ input, facts }) => {
    const names = [...namesIn(z.toJSONSchema(input)), ...namesIn(z.toJSONSchema(facts))];

    expect(names.filter((name) => /secret|token|key|password|computed|edits|headers?$/i.test(name))).toEqual(
      // How many of them differ between two deliveries.
      names.includes("bodyChanges") ? ["headers"] : [],
    );
  });

  it.each(TOOLS)("$name: is named, described and bounded for agents", (tool) => {
    const { name, description, input } = tool;

    expect(name).toMatch(/^[a-z]+(_[a-z]+)+$/);
    expect(description).toMatch(/Use it |Use base64/);
    expect(description.length).toBeLessThan(2_500);
    expect(z.toJSONSchema(input)).toMatchObject({ type: "object", additionalProperties: false });
    expect(JSON.stringify(z.toJSONSchema(outputOf(tool)))).not.toContain('"$ref"');
  });

  it.each(TOOLS)("$name: is annotated as what it does", (tool) => {
    const isSending = tool.uses.some((name) => ALLOWED_WRITES.includes(name));

    expect(annotationsOf(tool)).toEqual({
      title: tool.title,
      readOnlyHint: !isSending,
      destructiveHint: isSending,
      idempotentHint: !isSending,
      openWorldHint: true,
    });
  });

  it("are these", () => {
    expect(TOOLS.map(({ name }) => name)).toEqual([
      ...["get_status", "list_deliveries", "get_delivery", "read_body", "explain_signature"],
      ...["wait_for_delivery", "compare_deliveries", "replay_delivery", "trigger_event"],
    ]);
  });

  it("are those that the documentation lists", () => {
    const text = readFileSync(join(projectRoot, "docs/agents.md"), "utf8");
    const listed = [...text.matchAll(/^\| `([a-z_]+)`/gm)].map(([, name]) => name);

    expect(listed).toEqual(TOOLS.map(({ name }) => name));
  });

  it("tell how a search is written", () => {
    const { description } = TOOLS.find(({ name }) => name === "list_deliveries") ?? { description: "" };

    for (const words of ["sig:failed", "status:5xx", "quality=720p", "A comma means or"]) {
      expect(description).toContain(words);
    }
  });
});
