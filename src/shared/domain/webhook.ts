import * as z from "zod";
import { isHttpsOrLocal } from "./tunnel.ts";

/** A registration at api.video as the Webhooks area shows it. The secret is never part of it, only whether we keep it. */
export const Webhook = z.object({
  webhookId: z.string(),
  url: z.string(),
  events: z.array(z.string()),
  createdAt: z.string().optional(),
  /** Made by this installation: its URL carries our install id. */
  isOurs: z.boolean(),
  /** Made by this app, here or by another installation of it: its URL has the form of ours. */
  isOfThisApp: z.boolean(),
  /** The one our public URL is registered with right now. */
  isCurrent: z.boolean(),
  hasSecret: z.boolean(),
});
export type Webhook = z.infer<typeof Webhook>;

export const RegistrationPhase = z.enum(["none", "registering", "registered", "removing", "failed"]);
export type RegistrationPhase = z.infer<typeof RegistrationPhase>;

/**
 * Our own webhook at api.video for the current public URL. `fault` says what is wrong and what to do; with `registered`
 * the webhook stands, but api.video does not let us look after it any more.
 */
export const RegistrationState = z.object({
  phase: RegistrationPhase,
  webhookId: z.string().optional(),
  url: z.string().optional(),
  events: z.array(z.string()).optional(),
  fault: z.object({ code: z.string(), message: z.string() }).optional(),
});
export type RegistrationState = z.infer<typeof RegistrationState>;

/** Which api.video we talk to: the simulator, one of the two real environments, or a base URL of the user's. */
export type ApiChoice =
  | { environment: "simulator" }
  | { environment: "sandbox" | "production"; baseUrl: string }
  | { environment: "custom"; baseUrl: string };

/** Reads the text of `--api`; null where it is none of the known forms. http is for loopback only. */
export function parseApiChoice(text: string): ApiChoice | null {
  if (text === "simulator") return { environment: "simulator" };
  if (text === "sandbox") return { environment: "sandbox", baseUrl: "https://sandbox.api.video" };
  if (text === "production") return { environment: "production", baseUrl: "https://ws.api.video" };
  const url = URL.parse(text);
  if (url === null || url.username !== "" || url.password !== "") return null;
  return isHttpsOrLocal(url) ? { environment: "custom", baseUrl: url.href.replace(/\/$/, "") } : null;
}
