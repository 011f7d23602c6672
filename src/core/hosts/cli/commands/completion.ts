import { Argument, type Command } from "commander";
import { completionScript, SHELLS, type Shell } from "../completion.ts";

export function addCompletionCommand(program: Command): void {
  program
    .command("completion")
    .description("Print a script that has your shell complete commands and flags")
    .addArgument(new Argument("<shell>").choices(SHELLS))
    .addHelpText(
      "after",
      [
        "",
        "Examples:",
        "bash  echo 'source <(apivideo-inspector completion bash)' >> ~/.bashrc",
        "zsh   echo 'source <(apivideo-inspector completion zsh)' >> ~/.zshrc",
        "fish  apivideo-inspector completion fish > ~/.config/fish/completions/apivideo-inspector.fish",
      ].join("\n"),
    )
    .action((shell: Shell) => void process.stdout.write(completionScript(program, shell)));
}
