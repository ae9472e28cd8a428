import type { Database } from "@/db/client";
import { insertKey } from "@/db/queries/api-keys";
import { ensurePollPartitions, weekStart } from "@/db/queries/bulk/poll-partitions";
import { removePolls } from "@/db/queries/poll-removals";
import { queueSnapshotIfDue } from "@/db/queries/bulk/queue-report";
import { insertSession } from "@/db/queries/sessions";
import { withTransaction } from "@/db/transaction";
import { scopes, type Scope } from "@/lib/contract/scopes";
import { formatKey, makeKey } from "@/lib/server/access/key-format";
import { hashToken, makeToken } from "@/lib/server/access/tokens";
import { bearer, cookie, type Caller, type Ids } from "./access-rows";
import { computeNextReport } from "@/lib/server/reports/test-support/compute-next-report";

const at = "2023-01-25T18:00:00Z";

export interface KeyOptions {
  readonly scopes: readonly Scope[];
  readonly personId?: number;
  readonly expiresAt?: number;
  readonly storeKeys?: number[];
}

/** Two owners with one store each, an operator, and one object of each kind that has an owner. */
export interface AccessWorld {
  readonly database: Database;
  /** Signed in: the operator, the owner of `mine`, the owner of `other`. */
  readonly callers: Readonly<Record<"owner" | "operator" | "other", Caller>>;
  /** Unknown callers, by what is wrong with them. */
  readonly refused: Readonly<Record<string, Caller>>;
  /** A key with every scope but one, by that one. */
  readonly keysWithout: ReadonlyMap<Scope, Caller>;
  readonly readOnly: Caller;
  readonly ownersKey: Caller;
  readonly everyScope: Caller;
  /** Ids of another's objects: the store `other`, and what person 3 has. */
  readonly theirs: Ids;
  /** The same for objects that do not exist. */
  readonly nobodys: Ids;
  /** Every secret that was created: none of them may be found anywhere except with its owner. */
  readonly secrets: readonly string[];
  readonly keyOf: (options: KeyOptions) => Promise<{ readonly id: string; readonly text: string }>;
}

/**
 * A removal of polls of each store: 1 of `other`, 2 of `mine`. Their week has a partition, so that an undo creates
 * none.
 */
async function plantRemovals(database: Database): Promise<void> {
  const from = Date.parse("2022-06-06T10:00:00Z");
  const range = { from, to: from + 3_600_000 };
  await ensurePollPartitions(database, [weekStart(from)]);
  await database.sql`insert into polls select store_key, ${new Date(from).toISOString()}, true from stores`;
  await withTransaction(database, async (tx) => {
    await removePolls(tx, { storeKey: 2, storeId: "other", ...range });
    await removePolls(tx, { storeKey: 1, storeId: "mine", ...range });
  });
}

async function plantRows(database: Database): Promise<void> {
  await database.sql`create table polls_all partition of polls default`;
  await database.sql`insert into stores (store_id, name, group_name) values ('mine', 'Mine', 'g'), ('other', 'Secret Name', 'h')`;
  await database.sql`
    insert into polls select store_key, ${at}::timestamptz - make_interval(hours => n), n % 3 > 0
    from stores, generate_series(0, 200) as n`;
  await database.sql`insert into poll_conflicts select store_key, ${at} from stores`;
  await database.sql`insert into schedule_exceptions select store_key, '2023-12-24', 0, 0 from stores`;
  await database.sql`insert into calendars (name, entries) values ('Holidays', '[]')`;
  await database.sql`
    insert into calendar_feeds (calendar_id, url, meaning, first_date)
    values (1, 'https://calendars.invalid/a.ics', 'closed', '2023-01-01')`;
  await database.sql`update fleet_state set newest_poll_at = ${at}, data_version = 1`;
  await database.sql`
    insert into people (email, name, role, password_hash)
    values ('op@x.org', 'Op', 'operator', ''), ('owner@x.org', 'Owner', 'owner', ''), ('other@x.org', 'Other', 'owner', '')`;
  await database.sql`insert into person_stores values (2, 1, true)`;
  await database.sql`insert into person_groups values (3, 'h', true)`;
  await database.sql`insert into webhooks (url, events, secret) values ('https://hooks.invalid/', '{store.offline}', 's')`;
  await database.sql`insert into webhook_deliveries (webhook_id, message_id, type, payload) values (1, 'm', 'webhook.test', '{}')`;
  await database.sql`
    insert into imports (kind, state, dry_run, abort_on_reject, counts, finished_at)
    values ('polls', 'complete', false, false,
      '{"rows":0,"accepted":0,"duplicate":0,"conflicting":0,"rejected":0,"blank":0,"discarded":0}', now())`;
  await database.sql`
    insert into invitations (token_hash, email, role, grants, created_by, expires_at)
    values (decode('00', 'hex'), 'new@x.org', 'owner', '[]', 'person:1', now() + interval '1 day')`;
  await database.sql`
    insert into reports (origin, scope, store_keys, method, as_of, state, dedupe_key, requested_by)
    values ('request', 'store', '{2}', 'interpolated', ${at}, 'queued', 'theirs', 'person:3')`;
  await queueSnapshotIfDue(database, 0);
  // The report and the snapshot.
  for (let i = 0; i < 2; i++) await computeNextReport(database);
}

/** A deleted store, and one that was merged. */
async function plantFormerStores({ sql }: Database): Promise<void> {
  await sql`insert into stores (store_id, lifecycle, lifecycle_since) values ('gone', 'deleted', now())`;
  await sql`insert into stores (store_id, lifecycle, lifecycle_since, merged_into) values ('former', 'merged', now(), 1)`;
  await sql`
    insert into store_merges (source_id, source_key, target_id, target_key, source_lifecycle, source_aliases, polls, created_at)
    select 'former', store_key, 'mine', 1, 'active', '{}', 0, now() from stores where store_id = 'former'`;
}

/** Fills a migrated, empty database that nothing else uses. */
export async function plantAccessWorld(database: Database): Promise<AccessWorld> {
  const { sql } = database;
  await plantRows(database);
  await plantRemovals(database);
  await plantFormerStores(database);
  const secrets: string[] = [];

  const keyOf = async (options: KeyOptions): Promise<{ id: string; text: string }> => {
    const made = makeKey();
    const { personId = null, expiresAt = null, storeKeys = null } = options;
    await insertKey(database, {
      ...{ id: made.id, name: made.id, secretHash: hashToken(made.secret), scopes: [...options.scopes] },
      ...{ storeKeys, personId, createdBy: personId === null ? "person:1" : `person:${personId}`, expiresAt },
    });
    secrets.push(made.secret);
    return { id: made.id, text: formatKey(made) };
  };
  const sessionOf = async (personId: number): Promise<string> => {
    const token = makeToken();
    await insertSession(database, { tokenHash: hashToken(token), personId, userAgent: "", address: "" });
    secrets.push(token);
    return token;
  };

  const [operator, owner, other] = [await sessionOf(1), await sessionOf(2), await sessionOf(3)];
  const [expired, idle, ended] = [await sessionOf(1), await sessionOf(1), await sessionOf(1)];
  await sql`update sessions set expires_at = now() where token_hash = ${hashToken(expired)}`;
  await sql`update sessions set last_seen_at = now() - interval '7 days' where token_hash = ${hashToken(idle)}`;
  await sql`delete from sessions where token_hash = ${hashToken(ended)}`;
  const keysWithout = new Map<Scope, Caller>();
  for (const scope of scopes) {
    keysWithout.set(scope, bearer((await keyOf({ scopes: scopes.filter((one) => one !== scope) })).text));
  }
  const revoked = await keyOf({ scopes });
  await sql`update api_keys set revoked_at = now() where id = ${revoked.id}`;
  const old = await keyOf({ scopes, expiresAt: Date.UTC(2020, 0, 1) });
  const { text, id } = await keyOf({ scopes });

  const theirs: Ids = {
    ...{ store_id: "other", date: "2023-12-24", report_id: "1", import_id: "1", webhook_id: "1", delivery_id: "1" },
    ...{ person_id: "3", session_id: "3", invitation_id: "1", list: "without_hours", kind: "polls", removal_id: "1" },
    ...{ merge_id: "1", deleted_store_id: "gone" },
    calendar_id: "1",
    key_id: (await keyOf({ scopes, personId: 3 })).id,
  };
  return {
    ...{ database, keyOf, secrets, theirs, keysWithout },
    callers: { operator: cookie(operator), owner: cookie(owner), other: cookie(other) },
    readOnly: bearer((await keyOf({ scopes: ["stores:read", "reports:read"] })).text),
    everyScope: bearer((await keyOf({ scopes })).text),
    ownersKey: bearer((await keyOf({ scopes, personId: 2 })).text),
    nobodys: {
      ...theirs,
      ...{ store_id: "nothing", report_id: "900", import_id: "900", webhook_id: "900", delivery_id: "900" },
      ...{ person_id: "900", session_id: "900", invitation_id: "900", key_id: "aaaaaaaa", removal_id: "900" },
      calendar_id: "900",
    },
    refused: {
      nobody: {},
      "a revoked key": bearer(revoked.text),
      "an expired key": bearer(old.text),
      "a wrong secret": bearer(formatKey({ id, secret: makeToken() })),
      "a key that is not there": bearer(formatKey(makeKey())),
      "a key with a typing error": bearer(text.slice(0, -1)),
      "another prefix": bearer(text.replace("sm_", "xx_")),
      "an empty Bearer": { authorization: "Bearer " },
      Basic: { authorization: `Basic ${btoa("a:b")}` },
      "a key without a scheme": { authorization: text },
      "two keys": { authorization: `Bearer ${text}`, "x-api-key": text },
      "ten thousand signs": { authorization: `Bearer ${"x".repeat(10_000)}` },
      "a bad key beside a good session": { ...bearer(old.text), ...cookie(operator) },
      "an expired session": cookie(expired),
      "a session that was not used": cookie(idle),
      "a session that was ended": cookie(ended),
      "a session of nobody": cookie(makeToken()),
    },
  };
}
