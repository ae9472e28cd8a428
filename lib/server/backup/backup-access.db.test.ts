import { Readable, Writable } from "node:stream";
import { beforeAll, expect, it } from "vitest";
import type { Database } from "@/db/client";
import { findKey } from "@/db/queries/bulk/credentials";
import { insertPerson } from "@/db/queries/people";
import { findSession } from "@/db/queries/bulk/credentials";
import { migrate } from "@/db/migrate";
import { testDb } from "@/db/testing/test-db";
import { isRlsRoleReady, ensureRlsRole } from "@/db/rls";
import { parseKey } from "@/lib/server/access/key-format";
import { createKey } from "@/lib/server/access/manage-keys";
import { passwords } from "@/lib/server/access/passwords";
import { recordAudit } from "@/lib/server/access/record-audit";
import { signIn } from "@/lib/server/access/sign-in";
import { hashToken } from "@/lib/server/access/tokens";
import { systemViewer } from "@/lib/server/access/viewer";
import { restoreBackup } from "./restore-backup";
import { writeBackup } from "./write-backup";

const source = testDb();
const target = testDb();
const client = { address: "192.0.2.1", userAgent: "test" };
const email = "operator@example.test";
const password = "a password that nobody guesses";

let archive: Buffer;
let token: string;
let keyText: string;

beforeAll(async () => {
  await ensureRlsRole(source());
  const passwordHash = await passwords.hash(password);
  await insertPerson(source(), { email, name: "Operator", passwordHash, role: "operator" });
  ({ token } = await signIn(source(), { email, password }, client));
  const body = { name: "probe", scopes: ["polls:write" as const] };
  const made = await createKey(source(), systemViewer, body, Date.now());
  keyText = made.key ?? "";
  const chunks: Buffer[] = [];
  const out = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      chunks.push(chunk);
      done();
    },
  });
  await writeBackup(source(), out);
  archive = Buffer.concat(chunks);
});

/** As the command does. */
async function restore(replace: boolean): Promise<void> {
  await restoreBackup(target(), Readable.from([archive]), { replace });
  await migrate(target().url);
}
const auditOf = ({ sql }: Database) => sql`select * from audit_entries order by id`;

async function expectAccess(database: Database): Promise<void> {
  expect(await auditOf(database)).toEqual(await auditOf(source()));
  expect(await findSession(database, hashToken(token))).toMatchObject({ email });
  const key = parseKey(keyText);
  expect(await findKey(database, key?.id ?? "")).toMatchObject({
    usable: true,
    secretHash: hashToken(key?.secret ?? ""),
  });
  await expect(signIn(database, { email, password: `${password}!` }, client)).rejects.toThrow(
    "Wrong e-mail or password",
  );
  expect(await signIn(database, { email, password }, client)).toMatchObject({ info: { person: { email } } });
}

it("contains people, sessions and keys, none of them as typed or sent", () => {
  const text = archive.toString("latin1");
  expect(text).toContain(email);
  const secrets = [password, token, keyText, parseKey(keyText)?.secret ?? ""];
  for (const secret of secrets) {
    expect(secret.length).toBeGreaterThan(20);
    expect(text).not.toContain(secret);
  }
});

it("restores who has access and the audit log, in an empty database and replacing an existing one", async () => {
  await ensureRlsRole(target());
  await restore(false);
  await expectAccess(target());
  expect(await isRlsRoleReady(target())).toBe(true);

  await recordAudit(target(), { principal: "system", address: "" }, "setup", "somebody else");
  await insertPerson(target(), { email: "other@example.test", name: "Other", passwordHash: "", role: "operator" });
  await expect(restore(false)).rejects.toThrow(/not empty/);
  await restore(true);
  const people = await target().sql`select email from people`;
  expect(people).toEqual([{ email }]);
  await expectAccess(target());
});
