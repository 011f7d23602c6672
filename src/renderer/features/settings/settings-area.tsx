import { useAppState } from "../../app-context.ts";
import { Card } from "../../ui/card.tsx";
import { ApiKeyForm } from "./api-key-form.tsx";
import { ApiAuthSetting, ApiSetting, ThemeSetting } from "./choice-settings.tsx";
import { ClearHistory } from "./clear-history.tsx";
import { EventsSetting } from "./events-setting.tsx";
import { KeysSetting } from "./keys-setting.tsx";
import { KnownKeys } from "./known-keys.tsx";
import { NotifySetting } from "./notify-setting.tsx";
import { TextSetting } from "./text-setting.tsx";

const MIB = 1024 * 1024;

/** Everything that is chosen once and kept. Each setting is saved by itself and counts at once. */
export function SettingsArea() {
  const dataDir = useAppState(({ mirror }) => mirror?.dataDir);
  const versions = useAppState(({ mirror }) => mirror?.versions);
  return (
    <main
      data-region="settings"
      tabIndex={-1}
      aria-label="Settings"
      className="min-h-0 min-w-0 flex-1 overflow-auto bg-s1 p-4 focus-visible:-outline-offset-2 sm:p-6"
    >
      <div className="mx-auto grid max-w-2xl gap-4">
        <h1 className="text-title font-[650] text-t1">Settings</h1>
        <Card title="Forwarding">
          <div className="grid gap-4">
            <TextSetting
              name="forwardTo"
              label="Forward to"
              hint="Your own server: each delivery is sent on to it, byte for byte. A bare port means http://localhost."
              placeholder="http://localhost:3000/api/webhook"
              toText={(value) => value ?? ""}
              fromText={(text) => (text === "" ? null : text)}
            />
            <TextSetting
              name="allowedTargets"
              label="Allowed hosts"
              hint="Hosts besides this machine that deliveries may be sent to: name or name:port, with commas between."
              placeholder="staging.example.com"
              toText={(value) => value.join(", ")}
              fromText={(text) => text.split(/[\s,]+/).filter((host) => host !== "")}
            />
          </div>
        </Card>
        <Card title="api.video">
          <div className="grid gap-4">
            <ApiSetting />
            <EventsSetting />
            <ApiAuthSetting />
          </div>
        </Card>
        <Card title="API key">
          <div className="grid gap-4">
            <KnownKeys />
            <ApiKeyForm submitLabel="Check and keep the key" />
          </div>
        </Card>
        <Card title="History">
          <div className="grid gap-4">
            <TextSetting
              name="maxDeliveries"
              label="Deliveries to keep"
              hint="The oldest go first; pinned ones stay."
              toText={formatNumber}
              fromText={toNumber}
            />
            <TextSetting
              name="maxBytes"
              label="Space to use, in MB"
              hint="Bodies and headers together."
              toText={(value) => String(Math.round(value / MIB))}
              fromText={(text) => toNumber(text) * MIB}
            />
            <ClearHistory />
          </div>
        </Card>
        <Card title="Notifications">
          <NotifySetting />
        </Card>
        <Card title="Appearance">
          <ThemeSetting />
        </Card>
        <Card title="Keys">
          <KeysSetting />
        </Card>
        <p className="text-small text-t3 wrap-anywhere">
          Version {versions?.app}, Node {versions?.node}
          {versions?.electron !== undefined && `, Electron ${versions.electron}`}. Everything is kept in{" "}
          <code>{dataDir}</code>.
        </p>
      </div>
    </main>
  );
}

function formatNumber(value: number): string {
  return String(value);
}

/** NaN for what is no number, which the setting's schema refuses. */
function toNumber(text: string): number {
  return text === "" ? Number.NaN : Number(text.replaceAll(/[\s_]/g, ""));
}
