import { AllowHost } from "../../connection/allow-host.tsx";
import type { ControlProps } from "../setting-entry.ts";
import { TextControl } from "./text-control.tsx";

const MIB = 1024 * 1024;

export function ForwardToControl(props: ControlProps) {
  return (
    <>
      <TextControl
        {...props}
        name="forwardTo"
        placeholder="http://localhost:3000/api/webhook"
        toText={(value) => value ?? ""}
        fromText={(text) => (text === "" ? null : text)}
      />
      <AllowHost />
    </>
  );
}

export function AllowedTargetsControl(props: ControlProps) {
  return (
    <TextControl
      {...props}
      name="allowedTargets"
      placeholder="staging.example.com"
      toText={(value) => value.join(", ")}
      fromText={(text) => text.split(/[\s,]+/).filter((host) => host !== "")}
    />
  );
}

export function MaxDeliveriesControl(props: ControlProps) {
  return <TextControl {...props} name="maxDeliveries" toText={String} fromText={toNumber} />;
}

export function MaxBytesControl(props: ControlProps) {
  return (
    <TextControl
      {...props}
      name="maxBytes"
      unit="MB"
      toText={(value) => String(Math.round(value / MIB))}
      fromText={(text) => toNumber(text) * MIB}
    />
  );
}

export function RedactionControl(props: ControlProps) {
  return (
    <TextControl
      {...props}
      name="redact"
      rows={6}
      placeholder="body:videoId"
      toText={(rules) => rules.join("\n")}
      fromText={(text) => text.split("\n").filter((rule) => rule.trim() !== "")}
    />
  );
}

/** NaN for what is no number, which the setting's schema refuses. */
function toNumber(text: string): number {
  return text === "" ? Number.NaN : Number(text.replaceAll(/[\s_]/g, ""));
}
