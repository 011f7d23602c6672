import { type Command, Option } from "commander";
import { eventJsonSchema, eventTypeScript } from "#shared/api-video/event-typings.ts";

type As = "typescript" | "json-schema";

export function addTypesCommand(program: Command): void {
  program
    .command("types")
    .description("Print api.video's events as TypeScript types or as a JSON Schema, for your handler")
    .addOption(
      new Option("--as <language>", "what to print").choices(["typescript", "json-schema"]).default("typescript"),
    )
    .addHelpText("after", "\nExample: apivideo-inspector types > src/api-video-events.ts")
    .action(({ as }: { readonly as: As }) => {
      process.stdout.write(as === "typescript" ? eventTypeScript() : `${JSON.stringify(eventJsonSchema(), null, 2)}\n`);
    });
}
