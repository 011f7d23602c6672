import { once } from "node:events";
import { type Agent, request } from "node:http";

/** Sends a delivery, and answers the milliseconds until it was acknowledged. Throws where it was not. */
export async function postTimed(url: string, body: string, agent?: Agent): Promise<number> {
  const began = performance.now();
  const outgoing = request(url, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    ...(agent && { agent }),
  });
  outgoing.end(body);
  const [response] = await once(outgoing, "response");
  response.resume();
  await once(response, "end");
  if (response.statusCode !== 202) throw new Error(`It was answered ${response.statusCode}.`);
  return performance.now() - began;
}
