import { describe, expect, it } from "vitest";
import { type Lookup, resolveTarget } from "#core/replay/target-guard.ts";
import { AppError } from "#shared/errors.ts";

/** A name server that knows one answer. */
const leadsTo =
  (...addresses: string[]): Lookup =>
  async () =>
    addresses;

const asksNobody: Lookup = async (hostname) => {
  throw new Error(`${hostname} was looked up.`);
};

async function refusal(target: string, allowed: readonly string[], lookup: Lookup): Promise<AppError> {
  const error: unknown = await resolveTarget(new URL(target), allowed, lookup).catch((error: unknown) => error);
  if (error instanceof AppError) return error;
  throw new Error(`${target} was not refused.`, { cause: error });
}

describe("this machine", () => {
  it.each([
    ["http://localhost:3000", ["127.0.0.1", "::1"]],
    ["http://LocalHost.:3000", ["127.0.0.1", "::1"]],
    ["https://shop.localhost", ["127.0.0.1", "::1"]],
    ["http://a.b.localhost./", ["127.0.0.1", "::1"]],
    ["http://127.0.0.1", ["127.0.0.1"]],
    ["http://127.0.0.2:3000", ["127.0.0.2"]],
    ["http://127.255.255.254", ["127.255.255.254"]],
    ["http://0x7f.1", ["127.0.0.1"]],
    ["http://2130706433", ["127.0.0.1"]],
    ["http://0177.0.0.01", ["127.0.0.1"]],
    ["http://\uff11\uff12\uff17.0.0.1", ["127.0.0.1"]],
    ["http://127.0.0.1./", ["127.0.0.1"]],
    ["http://[::1]:3000", ["::1"]],
    ["http://[0:0:0:0:0:0:0:1]", ["::1"]],
    ["http://[::ffff:127.0.0.1]", ["::ffff:7f00:1"]],
  ])("is a target without being allowed, and without asking a name server: %s", async (target, addresses) => {
    const found = await resolveTarget(new URL(target), [], asksNobody);

    expect(found).toEqual({ kind: "found", addresses, isLoopback: true });
  });

  it("is a target under any name that leads nowhere else", async () => {
    const found = await resolveTarget(new URL("http://dev.test"), [], leadsTo("127.0.0.1", "::1", "127.0.1.1"));

    expect(found).toEqual({ kind: "found", addresses: ["127.0.0.1", "::1", "127.0.1.1"], isLoopback: true });
  });
});

describe("another machine", () => {
  it.each([
    ["http://192.0.2.1", "192.0.2.1"],
    ["http://10.0.0.1:3000", "10.0.0.1"],
    ["http://128.0.0.1", "128.0.0.1"],
    ["http://126.255.255.255", "126.255.255.255"],
    ["http://0.0.0.0:3000", "0.0.0.0"],
    ["http://[::]:3000", "::"],
    ["http://[::2]", "::2"],
    ["http://[2001:db8::1]", "2001:db8::1"],
    ["http://[::ffff:192.0.2.1]", "::ffff:c000:201"],
    ["http://localhost.example.com", "localhost.example.com"],
    ["http://mylocalhost", "mylocalhost"],
    ["http://127.0.0.1.example.com", "127.0.0.1.example.com"],
  ])("is refused, and told how to be allowed: %s", async (target, host) => {
    const error = await refusal(target, [], leadsTo("192.0.2.7"));

    expect(error).toMatchObject({ code: "replay.target_refused", details: { host } });
    expect(error.message).toContain(`add ${host} under Settings`);
  });

  it.each([
    ["one address of several is not this machine", leadsTo("127.0.0.1", "192.0.2.1")],
    ["the last one is not this machine", leadsTo("127.0.0.1", "::1", "2001:db8::1")],
    ["it has no address", leadsTo()],
    ["no name server knows it", asksNobody],
  ])("is refused under a name where %s", async (_case, lookup) => {
    expect(await refusal("http://dev.test", [], lookup)).toMatchObject({ code: "replay.target_refused" });
  });

  it.each([
    ["dev.test", "http://dev.test"],
    ["dev.test", "https://DEV.test.:8443"],
    [" Dev.Test ", "http://dev.test:3000"],
    ["dev.test:3000", "http://dev.test:3000"],
    ["dev.test:80", "http://dev.test"],
    ["dev.test:443", "https://dev.test"],
    ["d\u00e9v.test", "http://xn--dv-bja.test"],
    ["192.0.2.1", "http://192.0.2.1:3000"],
    ["192.0.2.1:3000", "http://0xC0000201:3000"],
    ["2001:db8::1", "http://[2001:db8:0::1]:3000"],
    ["[2001:db8::1]", "http://[2001:db8::1]"],
    ["[2001:db8::1]:3000", "http://[2001:db8::1]:3000"],
  ])("is a target once %j is allowed: %s", async (entry, target) => {
    const found = await resolveTarget(new URL(target), ["other.test", entry], leadsTo("192.0.2.1"));

    expect(found).toMatchObject({ kind: "found", isLoopback: false });
  });

  it.each([
    ["dev.test:3000", "http://dev.test:3001"],
    ["dev.test:3000", "http://dev.test"],
    ["dev.test:80", "https://dev.test"],
    ["dev.test:443", "http://dev.test"],
    ["dev.test", "http://sub.dev.test"],
    ["sub.dev.test", "http://dev.test"],
    ["dev.test", "http://dev.test.example.com"],
    ["*", "http://dev.test"],
    ["*.test", "http://dev.test"],
    ["", "http://dev.test"],
    [":80", "http://dev.test"],
    ["dev.test:0x50", "http://dev.test"],
    ["[2001:db8::1]:3000", "http://[2001:db8::1]:3001"],
    ["2001:db8::1", "http://[2001:db8::2]"],
  ])("stays refused where no more than %j is allowed: %s", async (entry, target) => {
    expect(await refusal(target, [entry], leadsTo("192.0.2.1"))).toMatchObject({ code: "replay.target_refused" });
  });

  it("that is allowed and has no address is not refused, but not found", async () => {
    const found = await resolveTarget(new URL("http://Dev.test.:3000"), ["dev.test"], asksNobody);

    expect(found).toEqual({ kind: "not-found", hostname: "dev.test" });
  });
});

describe("the addresses at which cloud machines get credentials", () => {
  const metadata = [
    "169.254.169.254",
    "169.254.170.2",
    "169.254.0.0",
    "169.254.255.255",
    "100.100.100.200",
    "192.0.0.192",
    "168.63.129.16",
    "fe80::1",
    "fe80::1%eth0",
    "febf::ffff",
    "fd00:ec2::254",
    "fd20:ce::254",
    "::ffff:169.254.169.254",
    "::ffff:a9fe:a9fe",
    "64:ff9b::a9fe:a9fe",
  ];

  it.each(metadata)("are refused where an allowed name leads there: %s", async (address) => {
    for (const lookup of [leadsTo(address), leadsTo("127.0.0.1", address), leadsTo("192.0.2.1", address)]) {
      const error = await refusal("http://dev.test", ["dev.test"], lookup);

      expect(error).toMatchObject({ code: "replay.target_refused", details: { host: "dev.test" } });
      expect(error.message).toContain("credentials");
    }
  });

  it.each([
    "http://169.254.169.254/latest/meta-data/",
    "http://169.254.169.254./",
    "http://0xa9fea9fe",
    "http://2852039166:80",
    "http://[::ffff:169.254.169.254]",
    "http://[fd00:ec2::254]",
    "http://[64:ff9b::169.254.169.254]",
  ])("are refused where the address itself is allowed: %s", async (target) => {
    const { hostname, host } = new URL(target);

    const error = await refusal(target, [hostname, host, hostname.replace(/\.$/, "")], asksNobody);

    expect(error.message).toContain("credentials");
  });
});
