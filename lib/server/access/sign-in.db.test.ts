import { hashPassword, verifyPassword } from "better-auth/crypto";
import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { testDb } from "@/db/testing/test-db";
import { callOperation } from "@/lib/contract/test-support/routes";
import { operationOf } from "@/e2e/http/authorization/test-support/access-rows";
import { makePasswords, type Passwords } from "./passwords";
import { signIn } from "./sign-in";

const database = testDb();
const known = "known@example.com";
const right = "nine quiet cormorants";
const client = { address: "192.0.2.7", userAgent: "" };

/** The calls to the hasher, each with the cost in its hash. */
let work: string[];
let passwords: Passwords;
/** The work of a hash can be told from its salt and key. */
const costOf = (hash: string): string =>
  hash
    .split(":")
    .map((part) => part.length)
    .join(":");

beforeEach(() => {
  work = [];
  passwords = makePasswords({
    hash: (password) => {
      work.push("hash");
      return hashPassword(password);
    },
    verify: (given) => {
      work.push(`verify ${costOf(given.hash)}`);
      return verifyPassword(given);
    },
  });
});

beforeAll(async () => {
  const { sql, url } = database();
  await sql`insert into people (email, name, role, password_hash)
    values (${known}, 'Known', 'operator', ${await hashPassword(right)})`;
  vi.stubEnv("AUTH", "required");
  vi.stubEnv("DATABASE_URL", url);
  vi.stubEnv("RATE_LIMIT_SIGN_IN_PER_MINUTE", "5");
  vi.stubEnv("RATE_LIMIT_SIGN_IN_ADDRESS_PER_MINUTE", "0");
  vi.resetModules();
});

const attempt = (email: string, password: string): Promise<unknown> =>
  signIn(database(), { email, password }, client, passwords).then(
    ({ info }) => info.person?.email,
    (error: unknown) => error,
  );

describe("signing in", () => {
  it("does the same work for an unknown account, a wrong password and the right one", async () => {
    const done: (readonly string[])[] = [];
    for (const [email, password] of [
      ["unknown@example.com", right],
      [known, "another long sentence"],
      [known, right],
      ["unknown@example.com", ""],
    ] as const) {
      await attempt(email, password);
      done.push(work);
      work = [];
    }
    // The first call also makes the hash that unknown accounts are compared with.
    const [first, ...rest] = done;
    expect(first).toEqual(["hash", "verify 32:128"]);
    expect(rest).toEqual([["verify 32:128"], ["verify 32:128"], ["verify 32:128"]]);
  });

  it("does so too when the first account asked for is a known one", async () => {
    await attempt(known, "another long sentence");
    expect(work).toEqual(["hash", "verify 32:128"]);
  });

  it("rejects an unknown account and a wrong password with the same words", async () => {
    const [unknown, wrong] = [await attempt("unknown@example.com", right), await attempt(known, "another")];
    expect(unknown).toMatchObject({ code: "wrong_password" });
    expect(String(unknown)).toBe(String(wrong));
    expect(await attempt(known, right)).toBe(known);
  });
});

describe("an account with too many attempts", () => {
  it("is rejected the same whether or not it exists, even with the right password", async () => {
    const ask = async (email: string, password: string) => {
      const request = new Request("http://localhost/api/session", {
        method: "POST",
        headers: { "content-type": "application/json", "sec-fetch-site": "same-origin" },
        body: JSON.stringify({ email, password }),
      });
      const response = await callOperation(operationOf("signIn"), request);
      const { request_id: _id, ...said } = (await response.json()) as Record<string, unknown>;
      return { status: response.status, said, policy: response.headers.get("ratelimit-policy") };
    };
    const answers: unknown[] = [];
    for (const email of [known, "nobody@example.com"]) {
      for (let i = 0; i < 5; i++) expect((await ask(email, "another long sentence")).status).toBe(401);
      answers.push(await ask(email, right));
    }
    expect(answers[0]).toMatchObject({ status: 429, said: { code: "rate_limited" } });
    expect(answers[1]).toEqual(answers[0]);
  });
});
