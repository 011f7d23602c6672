import { hostMeaning } from "#shared/domain/tunnel-traits.ts";
import { TunnelPicker } from "../../connection/tunnel-choice.tsx";
import type { ControlProps } from "../setting-entry.ts";
import { useSetting } from "../use-setting.ts";
import { TextControl } from "./text-control.tsx";

export function TunnelControl() {
  return <TunnelPicker />;
}

/** Off for a tunnel that takes none. */
export function TunnelHostControl(props: ControlProps) {
  const tunnel = useSetting("tunnel");
  const meaning = hostMeaning(tunnel?.value ?? "none");
  if (meaning === null) return <p className="text-t1">The chosen tunnel takes none.</p>;
  return (
    <div className="grid gap-1">
      <TextControl
        {...props}
        name="tunnelHost"
        placeholder="https://tunnel.example.com"
        toText={(value) => value ?? ""}
        fromText={(text) => (text === "" ? null : text)}
      />
      <p className="text-small text-t3">{meaning}</p>
    </div>
  );
}
