/**
 * mockttp that records every request and answers 202. Prints its port, or ends with 1 where nobody installed it
 * (npm install --no-save mockttp@4.6.5: 109 packages).
 */
// Not a literal: it is not among our packages, and need not be there.
const mockttp = "mockttp";
const { getLocal } = await import(mockttp).catch(() => process.exit(1));
const mock = getLocal();
await mock.start();
const endpoint = await mock.forAnyRequest().thenReply(202);
console.log(mock.port);
process.once("SIGTERM", async () => {
  const { length } = await endpoint.getSeenRequests();
  if (length === 0) console.error("mockttp recorded nothing: this run measured something else.");
  process.exit();
});

export {};
