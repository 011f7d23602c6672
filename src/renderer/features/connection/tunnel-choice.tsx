import { hostMeaning, type TunnelTraits } from "#shared/domain/tunnel-traits.ts";
import { useApp } from "../../app-context.ts";
import { Choice } from "../../ui/choice.tsx";
import { NeedsEngine } from "../../ui/engine-gone.tsx";
import { TextSetting } from "../settings/controls/text-setting.tsx";
import { SettingHint } from "../settings/setting-frame.tsx";
import { useSetting } from "../settings/use-setting.ts";
import { chooseTunnel, TUNNELS_BY_NAME } from "./choose-tunnel.ts";
import { traitWords } from "./trait-words.ts";

const NAMES: readonly string[] = ["none", ...TUNNELS_BY_NAME.map(({ name }) => name)];

/** What gives the listener a public address, and the host that goes with it where it takes one. */
export function TunnelChoice() {
  const setting = useSetting("tunnel");
  const meaning = hostMeaning(setting?.value ?? "none");
  return (
    <NeedsEngine>
      <div className="grid gap-4">
        <TunnelPicker />
        {meaning !== null && (
          <TextSetting
            name="tunnelHost"
            label="Host that goes with it"
            hint={meaning}
            placeholder="https://tunnel.example.com"
            toText={(value) => value ?? ""}
            fromText={(text) => (text === "" ? null : text)}
          />
        )}
      </div>
    </NeedsEngine>
  );
}

/** Each way to a public address, with what one should know of it. */
export function TunnelPicker() {
  const app = useApp();
  const setting = useSetting("tunnel");
  if (setting === null) return null;
  const choose = (name: string): void => app.attempt(() => chooseTunnel(app, name));
  const option = { group: "tunnel", chosen: setting.value, onChoose: choose };
  return (
    <div className="grid gap-4">
      <fieldset disabled={setting.isFixed} className="grid gap-1">
        <legend className="sr-only">Tunnel</legend>
        <Choice {...option} value="none" title="None">
          Only this machine reaches the listener.
        </Choice>
        {TUNNELS_BY_NAME.map((traits) => (
          <Choice key={traits.name} {...option} value={traits.name} title={traits.name}>
            <Traits traits={traits} />
          </Choice>
        ))}
      </fieldset>
      <p className="text-small text-t3">
        <SettingHint name="tunnel">
          None of these was tried with the real service; localtunnel's client was, with a relay of our own.
        </SettingHint>
      </p>
      <TextSetting
        name="tunnel"
        label="A server or URL of your own"
        hint="ssh://user@host for a server of yours, or the https:// URL that already leads to the listener."
        placeholder="https://hooks.example.com"
        toText={(value) => (NAMES.includes(value) ? "" : value)}
        fromText={(text) => (text === "" ? "none" : text)}
      />
    </div>
  );
}

function Traits({ traits }: { traits: TunnelTraits }) {
  return traitWords(traits).join(" · ");
}
