import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, it, vi } from "vitest";
import { testDb } from "@/db/testing/test-db";

const database = testDb();
const folder = mkdtempSync(join(tmpdir(), "store-monitoring-settings-"));
const file = join(folder, "password");
const password = "nine quiet cormorants";

/** Prepares with these settings, in fresh modules, because results for a database and its settings are cached. */
async function prepare(settings: Readonly<Record<string, string>>): Promise<string | null> {
  vi.unstubAllEnvs();
  for (const [name, value] of Object.entries({ AUTH: "required", ...settings })) vi.stubEnv(name, value);
  vi.resetModules();
  const { prepareAccess } = await import("./set-up");
  return prepareAccess(database());
}

async function signsIn(email: string, given: string): Promise<boolean> {
  const { signIn } = await import("./sign-in");
  const begun = await signIn(database(), { email, password: given }, { address: "", userAgent: "" }).catch(() => null);
  return begun?.info.person?.role === "operator";
}

const count = async (table: "people" | "invitations"): Promise<unknown> =>
  (await database().sql.unsafe(`select count(*)::int as count from ${table}`))[0]?.["count"];

beforeEach(async () => {
  await database().sql`truncate people, invitations cascade`;
});
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

describe("the first operator by ADMIN_EMAIL and ADMIN_PASSWORD_FILE", () => {
  const settings = { ADMIN_EMAIL: "ada@example.com", ADMIN_PASSWORD_FILE: file };

  it.each(["", "\n", "\r\n"])(
    "signs in with the file's content without its final line end %j, and no link is created",
    async (end) => {
      writeFileSync(file, `${password}${end}`);
      expect(await prepare(settings)).toBeNull();
      expect(await signsIn("ada@example.com", password)).toBe(true);
      expect(await signsIn("ada@example.com", `${password}\n`)).toBe(false);
      expect([await count("people"), await count("invitations")]).toEqual([1, 0]);
      const noted = await database().sql`select action, address from audit_entries order by id desc limit 1 offset 2`;
      expect(noted[0]).toMatchObject({ action: "setup" });
    },
  );

  it("is created once: a later start leaves existing accounts as they are", async () => {
    writeFileSync(file, password);
    await prepare(settings);
    writeFileSync(file, "eleven loud cormorants");
    expect(await prepare({ ...settings, ADMIN_EMAIL: "eve@example.com" })).toBeNull();
    expect(await count("people")).toBe(1);
    expect(await signsIn("ada@example.com", password)).toBe(true);
  });

  it("is one, however many replicas start at once", async () => {
    writeFileSync(file, password);
    await prepare({ AUTH: "required" });
    vi.stubEnv("ADMIN_EMAIL", settings.ADMIN_EMAIL);
    vi.stubEnv("ADMIN_PASSWORD_FILE", settings.ADMIN_PASSWORD_FILE);
    vi.resetModules();
    const { prepareAccess } = await import("./set-up");
    await Promise.all(Array.from({ length: 4 }, () => prepareAccess(database())));
    expect(await count("people")).toBe(1);
  });

  it.each([
    ["a file that is not there", null, /ADMIN_PASSWORD_FILE is not a readable file/],
    ["an empty file", "\n", /ADMIN_PASSWORD_FILE: .*at least 12/],
    ["a short password", "hunter2", /ADMIN_PASSWORD_FILE: .*at least 12/],
    ["a common password", "Password1234!", /ADMIN_PASSWORD_FILE: .*commonly used/],
  ])("is refused with %s: it says so, never with the value, and no account is created", async (_what, text, said) => {
    rmSync(file, { force: true });
    if (text !== null) writeFileSync(file, text);
    const error: unknown = await prepare(settings).catch((thrown: unknown) => thrown);
    expect(String(error)).toMatch(said);
    if (text !== null && text.trim() !== "") expect(String(error)).not.toContain(text);
    expect([await count("people"), await count("invitations")]).toEqual([0, 0]);
  });

  it.each<Record<string, string>>([{ ADMIN_EMAIL: settings.ADMIN_EMAIL }, { ADMIN_PASSWORD_FILE: file }])(
    "needs both: %j",
    async (one) => {
      writeFileSync(file, password);
      await expect(prepare(one)).rejects.toThrow(/go together/);
    },
  );

  it("is created by the link without them, which works once", async () => {
    const link = (await prepare({})) ?? "";
    const token = new URLSearchParams(link.split("?")[1]).get("token") ?? "";
    const { setUp } = await import("./set-up");
    const make = (email: string) =>
      setUp(database(), { token, name: "A", email, password }, { address: "", userAgent: "" }).then(
        () => "made",
        (error: unknown) => Reflect.get(error as object, "code") as string,
      );
    const outcomes = await Promise.all(["a@example.com", "b@example.com"].map(make));
    expect(outcomes.sort()).toEqual(["already_set_up", "made"]);
    expect(await count("people")).toBe(1);
  });
});
