import { describe, expect, it } from "vitest";
import { hashPassword, isPasswordOf, requireStrongPassword } from "./passwords";

describe("a password", () => {
  it("is known again, and only it", async () => {
    const hash = await hashPassword("a long sentence of mine");
    expect(hash).not.toContain("sentence");
    expect(await isPasswordOf(hash, "a long sentence of mine")).toBe(true);
    expect(await isPasswordOf(hash, "a long sentence of mine ")).toBe(false);
    expect(await isPasswordOf(null, "a long sentence of mine")).toBe(false);
    expect(await isPasswordOf(null, "")).toBe(false);
    expect(await hashPassword("a long sentence of mine")).not.toBe(hash);
  });

  it.each([
    "Password1234!",
    "aaaaaaaaaaaa",
    "123456789012",
    "abcabcabcabc",
    "Administrator1",
    "qwertyuiop12",
    "storemonitoring1",
  ])("is not %s", (password) => {
    expect(() => {
      requireStrongPassword(password, null);
    }).toThrow(/first passwords/);
  });

  it("is not one's own address", () => {
    expect(() => {
      requireStrongPassword("owner.smith1", "owner.smith@example.com");
    }).toThrow(/first passwords/);
    expect(() => {
      requireStrongPassword("nine quiet cormorants", "owner.smith@example.com");
    }).not.toThrow();
  });
});
