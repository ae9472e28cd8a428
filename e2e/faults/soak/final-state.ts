import type { Database } from "@/db/client";
import type { FinalState } from "@/e2e/faults/harness/check-history";
import type { ImportCounts } from "@/e2e/faults/harness/history";

/** The database's contents for the requests of a soak test's clients. */
export async function readFinalState({ sql }: Database): Promise<FinalState> {
  const polls = await sql<{ store_id: string; at: string; active: boolean }[]>`
    select store_id, at, active from polls join stores using (store_key)`;
  const reports = await sql<{ id: string; state: string }[]>`select id, state from reports where origin = 'request'`;
  const imports = await sql<{ id: string; state: string; counts: ImportCounts | null }[]>`
    select id, state, counts from imports`;
  return {
    polls: polls.map(({ store_id, at, active }) => ({ store_id, at, status: active ? "active" : "inactive" })),
    reports: reports.map(({ id, state }) => ({ id: Number(id), state })),
    imports: imports.map(({ id, state, counts }) => ({ id: Number(id), state, counts })),
  };
}

/** Whether every requested report and import has ended. */
export async function isQuiet({ sql }: Database): Promise<boolean> {
  const [row] = await sql<{ open: number }[]>`
    select (select count(*) from reports where origin = 'request' and state in ('queued', 'running'))::int
      + (select count(*) from imports where state in ('receiving', 'queued', 'running', 'undoing'))::int as open`;
  return row?.open === 0;
}
