import { Check, Copy } from "lucide-react";
import { useId, useState } from "react";
import { Stack } from "#shared/domain/stack.ts";
import type { Verification } from "#shared/domain/verification.ts";
import { useApp, useAppState } from "../../app-context.ts";
import { Button } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { Select } from "../../ui/field.tsx";
import { useCopy } from "../common/use-copy.ts";
import { type CodePiece, highlightCode } from "./highlight-code.ts";
import { preventionWords } from "./prevention.ts";
import { STACKS, type StackCode } from "./stacks.ts";

/** A handler that checks as it should, in the user's own stack, and what in it keeps this cause away. */
export function FixCard({ verification }: { verification: Verification }) {
  const app = useApp();
  const id = useId();
  const kept = useAppState(({ mirror }) => mirror?.settings.values.stack ?? "express");
  const [chosen, setChosen] = useState<Stack | null>(null);
  const stack = chosen ?? kept;
  const code = STACKS[stack];
  const choose = (name: Stack): void => {
    setChosen(name);
    app.attempt(() => app.saveSettings({ stack: name }));
  };

  return (
    <Card
      title="In your code"
      aside={
        <span className="flex items-center gap-2">
          <label htmlFor={id}>Stack</label>
          <Select
            needsEngine
            id={id}
            className="w-auto!"
            value={stack}
            // The values are those of the options below.
            onChange={(event) => choose(event.target.value as Stack)}
          >
            {Stack.options.map((name) => (
              <option key={name} value={name}>
                {STACKS[name].name}
              </option>
            ))}
          </Select>
        </span>
      }
    >
      <p className="max-w-3xl">{preventionWords(code, verification)}</p>
      <div className="mt-2.5 mb-1.5 flex flex-wrap items-center gap-x-3 gap-y-1">
        <code className="text-t1">{code.file}</code>
        <span className="text-small text-t3">
          {code.notRun === null
            ? "Run in our tests, against api.video's own example."
            : `Not run in our tests: ${code.notRun}.`}
        </span>
        <CopyCode code={code.code} />
      </div>
      <Code stack={stack} code={code} />
    </Card>
  );
}

function CopyCode({ code }: { code: string }) {
  const copying = useCopy(code);
  if (copying === null) return null;
  const Icon = copying.isDone ? Check : Copy;
  return (
    <Button className="ml-auto" onClick={copying.copy}>
      <Icon aria-hidden="true" size={14} />
      {copying.isDone ? "Copied" : "Copy code"}
    </Button>
  );
}

const COLOURS: Readonly<Record<CodePiece["kind"], string | undefined>> = {
  comment: "text-t3",
  string: "text-ok",
  keyword: "text-accent",
  plain: undefined,
};

const HASH_COMMENTS: ReadonlySet<Stack> = new Set(["flask", "fastapi", "ruby"]);

function Code({ stack, code: { name, code } }: { stack: Stack; code: StackCode }) {
  return (
    <section aria-label={`Code for ${name}`} className="rounded-md border border-line bg-s1 px-3 py-2.5">
      <pre className="leading-[1.6] whitespace-pre-wrap text-t1 wrap-anywhere">
        {code
          .trimEnd()
          .split("\n")
          .map((line, index) => (
            // A line is its place in a text that never changes.
            // biome-ignore lint/suspicious/noArrayIndexKey: see above
            <Line key={index} line={line} isHashComment={HASH_COMMENTS.has(stack)} />
          ))}
      </pre>
    </section>
  );
}

const TAB_WIDTH = 4;

/** Where a line has no room, its rest goes on two columns further in than it began. */
function Line({ line, isHashComment }: { line: string; isHashComment: boolean }) {
  // Tab stops would count from where the padding ends, so tabs are drawn as spaces; what is copied has them.
  const shown = line.replaceAll("\t", " ".repeat(TAB_WIDTH));
  const indent = /^ */.exec(shown)?.[0].length ?? 0;
  return (
    <span className="block" style={{ paddingLeft: `${indent + 2}ch`, textIndent: `-${indent + 2}ch` }}>
      {shown === ""
        ? "\n"
        : highlightCode(shown, isHashComment).map(({ kind, text, offset }) => (
            <span key={offset} className={COLOURS[kind]}>
              {text}
            </span>
          ))}
    </span>
  );
}
