import { RETRIES } from "#shared/api-video/retries.ts";
import { type AnswerMode, type AnswerRule, MAX_ANSWER_RULES } from "#shared/domain/answer-rule.ts";
import { formatMs } from "../../theme/format.ts";
import { Card } from "../../ui/card.tsx";
import { Choice } from "../../ui/choice.tsx";
import { NeedsEngine } from "../../ui/engine-gone.tsx";
import { Notice } from "../../ui/notice.tsx";
import { SafeText } from "../../ui/safe-text.tsx";
import { SourceLink } from "../common/source-link.tsx";
import { TextSetting } from "../settings/controls/text-setting.tsx";
import { SettingHint } from "../settings/setting-frame.tsx";
import { useSetting } from "../settings/use-setting.ts";
import { NamedList } from "./named-list.tsx";
import { QueryText } from "./query-text.tsx";
import { RuleForm } from "./rule-form.tsx";

/** What the sender of a delivery is told. */
export function AnswersCard() {
  return (
    <Card title="Answers">
      <div className="grid gap-4">
        <NeedsEngine>
          <ModeChoice />
        </NeedsEngine>
        <section aria-labelledby="answer-rules" className="grid gap-3 border-t border-line pt-3">
          <div className="grid gap-1">
            <h3 id="answer-rules" className="font-semibold text-t1">
              Fixed answers
            </h3>
            <p className="text-t3">
              They go before the mode above; the first one that matches decides. The delivery is stored and forwarded
              all the same. {RETRIES.text} <SourceLink source={RETRIES.source} isShort />
            </p>
          </div>
          <NamedList
            listKey="answerRules"
            label="Fixed answers"
            noun="fixed answer"
            most={MAX_ANSWER_RULES}
            isOrdered
            summary={(rule) => <RuleSummary rule={rule} />}
            Form={RuleForm}
          />
        </section>
      </div>
    </Card>
  );
}

function ModeChoice() {
  const mode = useSetting("answerMode");
  if (mode === null) return null;
  const choose = (value: AnswerMode): void => void mode.save(value);
  return (
    <div className="grid gap-3">
      <fieldset disabled={mode.isFixed} className="grid gap-1">
        <legend className="sr-only">How deliveries are answered</legend>
        <Choice group="answer-mode" value="accept" title="Accept at once" chosen={mode.chosen} onChoose={choose}>
          202 as soon as a delivery is stored. api.video never has to try again, whatever your server does.
        </Choice>
        <Choice
          group="answer-mode"
          value="relay"
          title="Relay your server's answer"
          chosen={mode.chosen}
          onChoose={choose}
        >
          The status, headers and body of the first target go back to api.video, so it treats your handler as it will in
          production: 2xx is done, anything from 300 on is tried again, and after the last try the event is lost to it.
          It is stored here in any case.
        </Choice>
      </fieldset>
      {mode.isFixed && (
        <p>
          <SettingHint name="answerMode">How deliveries are answered was decided at the start.</SettingHint>
        </p>
      )}
      {mode.error !== null && (
        <p role="alert" className="text-bad">
          {mode.error}
        </p>
      )}
      {mode.chosen === "relay" && (
        <>
          <TextSetting
            name="relayDeadlineMs"
            label="Deadline"
            hint="In milliseconds, at most 30 000. Without an answer by then, api.video gets 504; where nobody answers, 502. How long api.video itself waits is not published."
            toText={String}
            fromText={(text) => (text === "" ? Number.NaN : Number(text.replaceAll(/[\s_]/g, "")))}
          />
          <Notice tone="info">
            <b>Strangers get 202.</b> Through a tunnel, your server's answers go only to senders whose signature is
            verified, so that nobody can read your server through the public URL.
          </Notice>
        </>
      )}
    </div>
  );
}

function RuleSummary({ rule: { name, query, status, body, delayMs } }: { rule: AnswerRule }) {
  const facts = [
    `is answered ${status}`,
    ...(delayMs > 0 ? [`after ${formatMs(delayMs)}`] : []),
    ...(body === "" ? [] : ["with a body"]),
  ];
  return (
    <div className="grid gap-0.5">
      <b className="wrap-anywhere">
        <SafeText text={name} />
      </b>
      <p className="wrap-anywhere">
        <QueryText query={query} /> <span className="text-t3">{facts.join(" ")}</span>
      </p>
    </div>
  );
}
