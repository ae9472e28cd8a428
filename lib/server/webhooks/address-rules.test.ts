import { describe, expect, it } from "vitest";
import { AddressNotAllowed, allowedAddresses, checkHost, isPublicAddress, parseWebhookUrl } from "./address-rules";

const notAllowed = expect.objectContaining({ code: "webhook_url_not_allowed" }) as Error;

describe("the address of a webhook", () => {
  it.each([
    ["https://hooks.example.com/a?b=c", "https://hooks.example.com/a?b=c"],
    ["https://hooks.example.com:8443/", "https://hooks.example.com:8443/"],
    ["https://93.184.216.34/", "https://93.184.216.34/"],
    ["https://b\u00fccher.example/", "https://xn--bcher-kva.example/"],
    ["https://[2606:2800:220:1::]/", "https://[2606:2800:220:1::]/"],
  ])("%s is taken", (text, expected) => {
    expect(parseWebhookUrl(text, false).href).toBe(expected);
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
  ])("H21: %s is not", (text) => {
    expect(() => parseWebhookUrl(text, false)).toThrow(notAllowed);
  });

  it("may be private where that is allowed, but still goes by http", () => {
    expect(parseWebhookUrl("http://127.0.0.1:9/", true).port).toBe("9");
    expect(() => parseWebhookUrl("file:///etc/passwd", true)).toThrow(notAllowed);
    expect(() => parseWebhookUrl("http://a:b@127.0.0.1/", true)).toThrow(notAllowed);
  });
});

describe("what a name stands for", () => {
  const standing = (...addresses: string[]) =>
    Promise.resolve(addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 })));
  const url = new URL("https://hooks.example.com/");

  it("is all public, or the webhook is refused", async () => {
    await expect(checkHost(url, false, () => standing("93.184.216.34"))).resolves.toBeUndefined();
    await expect(checkHost(url, false, () => standing("93.184.216.34", "10.0.0.1"))).rejects.toEqual(notAllowed);
    await expect(checkHost(url, true, () => standing("10.0.0.1"))).resolves.toBeUndefined();
  });

  it("may be unknown for now: connections check anew", async () => {
    await expect(checkHost(url, false, () => Promise.reject(new Error("ENOTFOUND")))).resolves.toBeUndefined();
    await expect(allowedAddresses("x", false, () => standing("127.0.0.1"))).rejects.toThrow(AddressNotAllowed);
    await expect(allowedAddresses("x", false, () => standing("1.1.1.1", "::1"))).rejects.toThrow(AddressNotAllowed);
  });

  it("is an address, or it is not public", () => {
    expect(["", "x", "1.1.1.256"].map(isPublicAddress)).toEqual([false, false, false]);
  });
});
