import { describe, expect, it, vi } from "vitest";
import { createNgrok } from "#core/tunnel/providers/ngrok.ts";
import { fakeNgrok, type Given, URL_OF_NGROK } from "./fake-ngrok.ts";
import { openFault, openSession, PORT } from "./open-session.ts";

const TOKEN = "2abcSecretToken";

describe("a tunnel with ngrok", () => {
  it("opens at the account's URL, and leads to the listener alone", async () => {
    const fake = fakeNgrok();

    await using opened = await openSession(provider(fake));

    expect(opened.session).toMatchObject({ url: URL_OF_NGROK, isRenamed: false });
    expect(fake.configs).toEqual([
      { addr: `127.0.0.1:${PORT}`, authtoken: TOKEN, onStatusChange: expect.any(Function) },
    ]);
  });

  it("asks for the domain that is named", async () => {
    const fake = fakeNgrok();

    await using _ = await openSession(
      createNgrok({ load: async () => fake.module, authtoken: TOKEN, domain: "hooks.ngrok.app" }),
    );

    expect(fake.configs[0]?.domain).toBe("hooks.ngrok.app");
  });

  it("tells when the connection is lost and when it is back, and nothing else", async () => {
    const fake = fakeNgrok();
    await using opened = await openSession(provider(fake));

    for (const status of ["connected", "closed", "closed", "connected", "unheard-of"]) fake.status(status);

    expect(opened.changes).toEqual([
      { kind: "down", isFinal: false, fault: expect.objectContaining({ kind: "network", retryable: true }) },
      { kind: "up", url: URL_OF_NGROK },
    ]);
  });

  it("ends the listener and the session when it is closed, of which nothing is heard", async () => {
    const fake = fakeNgrok();
    const opened = await openSession(provider(fake));

    await opened.session[Symbol.asyncDispose]();
    fake.status("closed");

    expect(fake.calls).toEqual(["forward", "close", "disconnect"]);
    expect(opened.changes).toEqual([]);
  });

  it("leaves the session to another listener that has it as well", async () => {
    const fake = fakeNgrok();
    const first = await openSession(provider(fake));
    await using _ = await openSession(provider(fake));

    await first.session[Symbol.asyncDispose]();

    expect(fake.calls).toEqual(["forward", "forward", "close"]);
  });

  it("gives back what it got after it was given up", async () => {
    const held = Promise.withResolvers<void>();
    const fake = fakeNgrok({ before: held.promise });
    const giveUp = new AbortController();
    const opening = openFault(provider(fake), giveUp.signal);
    await vi.waitFor(() => expect(fake.calls).toEqual(["forward"]), { timeout: 10_000 });

    giveUp.abort();
    expect(await opening).toMatchObject({ kind: "network", retryable: true });
    held.resolve();

    await vi.waitFor(() => expect(fake.calls).toEqual(["forward", "close", "disconnect"]), { timeout: 10_000 });
  });

  it("takes over what an open before it left connecting, and hears of its status", async () => {
    const held = Promise.withResolvers<void>();
    const fake = fakeNgrok({ before: held.promise });
    const ngrok = provider(fake);
    for (let n = 0; n < 3; n++) await openFault(ngrok, AbortSignal.timeout(10));

    const opening = openSession(ngrok);
    held.resolve();
    await using opened = await opening;
    fake.status("closed");

    expect(opened.session.url).toBe(URL_OF_NGROK);
    expect(opened.changes).toMatchObject([{ kind: "down" }]);
    expect(fake.calls).toEqual(["forward"]);
  });

  it("ends no session that another listener is being made for, unless that comes to nothing", async () => {
    const held = Promise.withResolvers<void>();
    const given: Given = {};
    const fake = fakeNgrok(given);
    const ngrok = provider(fake);
    const opened = await openSession(ngrok);
    Object.assign(given, { before: held.promise, error: new Error("no") });
    const failing = openFault(ngrok);
    await vi.waitFor(() => expect(fake.calls).toEqual(["forward", "forward"]), { timeout: 10_000 });

    await opened.session[Symbol.asyncDispose]();
    expect(fake.calls).toEqual(["forward", "forward", "close"]);
    held.resolve();
    await failing;

    expect(fake.calls).toEqual(["forward", "forward", "close", "disconnect"]);
  });

  it.each(["close", "disconnect"] as const)("ends in time where %s never answers", async (call) => {
    const fake = fakeNgrok({ hanging: call });
    const opened = await openSession(
      createNgrok({ load: async () => fake.module, authtoken: TOKEN, domain: null, closeTimeoutMs: 20 }),
    );

    await opened.session[Symbol.asyncDispose]();

    expect(fake.calls).toContain(call);
  });

  it("does not begin where it is given up already", async () => {
    const fake = fakeNgrok();

    await openFault(provider(fake), AbortSignal.abort());

    expect(fake.calls).toEqual([]);
  });

  it.each([
    ["ERR_NGROK_105", "auth", false],
    ["ERR_NGROK_107", "auth", false],
    ["ERR_NGROK_4018", "auth", false],
    ["ERR_NGROK_108", "rate-limit", true],
    ["ERR_NGROK_334", "name-taken", true],
    ["ERR_NGROK_9999", "relay", true],
  ])("knows what %s means", async (code, kind, retryable) => {
    const fake = fakeNgrok({
      error: new Error(`failed to connect session: no.\nYour authtoken: ${TOKEN} error_code: ${code}`),
    });

    const fault = await openFault(provider(fake));

    expect(fault).toMatchObject({ kind, retryable });
    expect(fault.message).not.toContain(TOKEN);
    expect(fault.message).not.toMatch(/\p{Cc}/u);
  });

  it("waits a minute where the account has too many sessions, and says where to end one", async () => {
    const fake = fakeNgrok({
      error: new Error("limited to 1 simultaneous ngrok agent sessions. error_code: ERR_NGROK_108"),
    });

    const fault = await openFault(provider(fake));

    expect(fault).toMatchObject({
      retryAfterMs: 60_000,
      message: expect.stringContaining("dashboard.ngrok.com/agents"),
    });
  });

  it("takes an error without a code for one of the network", async () => {
    const fake = fakeNgrok({ error: new Error("failed to connect session: failed to establish tcp connection") });

    expect(await openFault(provider(fake))).toMatchObject({
      kind: "network",
      retryable: true,
      message: expect.stringContaining("failed to establish tcp connection"),
    });
  });

  it.each([null, "tcp://0.tcp.ngrok.io:1234", "nonsense"])(
    "gives back a listener at %j, which is no https URL",
    async (url) => {
      const fake = fakeNgrok({ url });

      expect(await openFault(provider(fake))).toMatchObject({ kind: "relay" });
      expect(fake.calls).toEqual(["forward", "close", "disconnect"]);
    },
  );

  it("says how to install the package that is missing", async () => {
    const load = async () => Promise.reject(new Error("Cannot find package '@ngrok/ngrok'"));
    const missing = createNgrok({ load, authtoken: TOKEN, domain: null });

    const fault = {
      kind: "config",
      retryable: false,
      message: expect.stringContaining("npm install --no-save @ngrok/ngrok"),
    };
    expect(await missing.check()).toEqual(fault);
    expect(await openFault(missing)).toEqual(fault);
  });

  it.each([undefined, ""])(
    "says where the authtoken comes from that is missing, without loading: %j",
    async (authtoken) => {
      const load = vi.fn(async () => fakeNgrok().module);
      const missing = createNgrok({ load, authtoken, domain: null });

      expect(await missing.check()).toMatchObject({
        kind: "auth",
        message: expect.stringContaining("NGROK_AUTHTOKEN"),
      });
      expect(await openFault(missing)).toMatchObject({ kind: "auth", retryable: false });
      expect(load).not.toHaveBeenCalled();
    },
  );
});

function provider(fake: ReturnType<typeof fakeNgrok>) {
  return createNgrok({ load: async () => fake.module, authtoken: TOKEN, domain: null });
}
