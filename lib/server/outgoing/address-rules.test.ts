import { describe, expect, it } from "vitest";
import {
  AddressNotAllowed,
  allowedAddresses,
  checkHost,
  feedAddresses,
  isPublicAddress,
  parseOutgoingUrl,
  webhookAddresses,
} from "./address-rules";

const notAllowed = expect.objectContaining({ code: "webhook_url_not_allowed" }) as Error;

it("the error says what the address is for", () => {
  expect(() => parseOutgoingUrl("http://calendars.example.com/", false, feedAddresses)).toThrow(
    expect.objectContaining({ code: "feed_url_not_allowed", message: "Calendars are only fetched by https." }) as Error,
  );
});

describe("the address of a webhook", () => {
  it.each([
    ["https://hooks.example.com/a?b=c", "https://hooks.example.com/a?b=c"],
    ["https://hooks.example.com:8443/", "https://hooks.example.com:8443/"],
    ["https://93.184.216.34/", "https://93.184.216.34/"],
    ["https://b\u00fccher.example/", "https://xn--bcher-kva.example/"],
    ["https://[2606:2800:220:1::]/", "https://[2606:2800:220:1::]/"],
  ])("%s is accepted", (text, expected) => {
    expect(parseOutgoingUrl(text, false, webhookAddresses).href).toBe(expected);
  });

  it.each([
    "http://hooks.example.com/",
    "https://127.0.0.1/",
    "https://127.1/",
    "https://[::1]/",
    "https://2130706433/",
    "https://0x7f.1/",
    "https://0177.0.0.1/",
    "https://169.254.169.254/",
    "https://10.0.0.1/",
    "https://172.16.0.1/",
    "https://192.168.1.1/",
    "https://100.64.0.1/",
    "https://0.0.0.0/",
    "https://255.255.255.255/",
    "https://224.0.0.1/",
    "https://[::]/",
    "https://[::ffff:10.0.0.1]/",
    "https://[::ffff:7f00:1]/",
    "https://[64:ff9b::a00:1]/",
    "https://[2002:7f00:1::]/",
    "https://[fd00::1]/",
    "https://[fe80::1]/",
    ...["https://[::7f00:1]/", "https://[::127.0.0.1]/", "https://[::808:808]/", "https://[::ffff:8.8.8.8]/"],
    ...["https://[::ffff:0:127.0.0.1]/", "https://[64:ff9b::8.8.8.8]/", "https://[64:ff9b:1::a00:1]/"],
    ...["https://[2002:808:808::]/", "https://[2001:0:808:808::1]/", "https://[2001:db8::1]/", "https://[3fff::1]/"],
    ...["https://[2606:2800:220:1:0:5efe:a00:1]/", "https://[2606:2800:220:1:200:5efe:808:808]/"],
    ...["https://[fec0::1]/", "https://[ff02::1]/", "https://[100::1]/", "https://[5f00::1]/", "https://[4000::1]/"],
    ...["https://[fe80::1%25eth0]/", "https://[fd00:ec2::254]/", "https://168.63.129.16/", "https://100.100.100.200/"],
    ...["https://127.0.0.1./", "https://2130706433./", "https://0x7f000001/", "https://017700000001/", "https://0/"],
    ...["https://\uff11\uff12\uff17.0.0.1/", "https://\u2460\u2461\u2466.0.0.1/", "https://127\u30020\u30020\u30021/"],
    ...["https://%31%32%37.0.0.1/", "https:\\\\127.0.0.1\\", "https://x@127.0.0.1/", "https://127.0.0.1:443/"],
    ...[
      "https://192.0.2.1/",
      "https://198.51.100.1/",
      "https://203.0.113.1/",
      "https://198.18.0.1/",
      "https://240.0.0.1/",
    ],
    ...["https://192.0.0.8/", "https://192.88.99.1/", "https://127.255.255.254/", "https://172.31.255.255/"],
    ...["https://localhost../", "https://ip6-localhost/", "https://localhost.localdomain/", "https://LOCALHOST/"],
    ...[
      "https://nas.lan/",
      "https://wiki.corp/",
      "https://router.home.arpa/",
      "https://\u24db\u24de\u24d2\u24d0\u24db\u24d7\u24de\u24e2\u24e3/",
    ],
    "https://localhost/",
    "https://localhost./",
    "https://x.localhost/",
    "https://printer/",
    "https://printer.local./",
    "https://metadata.google.internal/",
    "file:///etc/passwd",
    "gopher://hooks.example.com/",
    "https://user:pass@hooks.example.com/",
    "https://hooks.example.com:22/",
    `https://${"a".repeat(60)}.${"b".repeat(60)}.${"c".repeat(60)}.${"d".repeat(60)}.${"e".repeat(60)}/`,
    "https://",
    "hooks.example.com",
    "",
  ])("H21: %s is rejected", (text) => {
    expect(() => parseOutgoingUrl(text, false, webhookAddresses)).toThrow(notAllowed);
  });

  it("may be a private address or http when that is allowed, and nothing else", () => {
    expect(parseOutgoingUrl("http://127.0.0.1:9/", true, webhookAddresses).port).toBe("9");
    expect(() => parseOutgoingUrl("file:///etc/passwd", true, webhookAddresses)).toThrow(notAllowed);
    expect(() => parseOutgoingUrl("http://a:b@127.0.0.1/", true, webhookAddresses)).toThrow(notAllowed);
  });
});

describe("what a name resolves to", () => {
  const standing = (...addresses: string[]) =>
    Promise.resolve(addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 })));
  const url = new URL("https://hooks.example.com/");

  it("is all public, or the webhook is rejected", async () => {
    await expect(checkHost(url, false, webhookAddresses, () => standing("93.184.216.34"))).resolves.toBeUndefined();
    await expect(checkHost(url, false, webhookAddresses, () => standing("93.184.216.34", "10.0.0.1"))).rejects.toEqual(
      notAllowed,
    );
    await expect(checkHost(url, true, webhookAddresses, () => standing("10.0.0.1"))).resolves.toBeUndefined();
  });

  it("may be unknown for now: connections check again", async () => {
    await expect(
      checkHost(url, false, webhookAddresses, () => Promise.reject(new Error("ENOTFOUND"))),
    ).resolves.toBeUndefined();
    await expect(allowedAddresses("x", false, () => standing("127.0.0.1"))).rejects.toThrow(AddressNotAllowed);
    await expect(allowedAddresses("x", false, () => standing("1.1.1.1", "::1"))).rejects.toThrow(AddressNotAllowed);
  });

  it("is an address, or it is not public", () => {
    const none = ["", "x", "1.1.1.256", "0x08080808", "134744072", "8.8", "2606:2800:220:1::1%eth0", "::ffff:8.8.8.8"];
    expect(none.filter(isPublicAddress)).toEqual([]);
    expect(["8.8.8.8", "2606:2800:220:1::1"].map(isPublicAddress)).toEqual([true, true]);
  });
});
