import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { until } from "@/db/testing/holders";
import { dayMs, hourMs, minuteMs } from "@/lib/uptime/units";
import { jsonOf, send } from "./harness/client";
import { type OwnPostgres, startPostgres } from "./harness/postgres";
import { type Replica, Replicas } from "./harness/replicas";

const replicas = new Replicas();
let postgres: OwnPostgres;

beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(async () => {
  await replicas.killAll();
  await postgres.close();
});

/** Starts a web server and a worker whose clocks are off by `shiftMs`. */
function start(shiftMs: number): Promise<[Replica, Replica]> {
  const options = {
    databaseUrl: postgres.url,
    nodeArgs: ["--import", "./e2e/faults/harness/shift-clock.mjs"],
    env: { CLOCK_SHIFT_MS: String(shiftMs), SNAPSHOT_INTERVAL_SECONDS: "1" },
  };
  return Promise.all([replicas.web(options), replicas.worker(options)]);
}

async function sendPoll({ origin }: Replica, storeId: string, at: number): Promise<unknown> {
  const body = { polls: [{ store_id: storeId, at: new Date(at).toISOString(), status: "active" }] };
  return jsonOf(await send(`${origin}/api/v1/polls`, { body }));
}

const read = async ({ origin }: Replica, path: string): Promise<unknown> => jsonOf(await send(origin + path));

describe("a clock that is a day ahead", () => {
  it("accepts polls of tomorrow, which do not move the as-of instant once it is right, and can be removed", async () => {
    const now = Date.now();
    const tomorrow = now + 23 * hourMs;
    const healthyAt = new Date(now - minuteMs).toISOString();
    const [wrong, wrongWorker] = await start(dayMs);
    expect(await sendPoll(wrong, "healthy", now - minuteMs)).toMatchObject({ accepted: 1 });
    expect(await sendPoll(wrong, "other", tomorrow)).toMatchObject({ accepted: 1 });
    const asOf = async (replica: Replica) => ((await read(replica, "/api/v1/fleet")) as { as_of: string | null }).as_of;
    await until(async () => (await asOf(wrong)) === new Date(tomorrow).toISOString());
    await Promise.all([wrong.kill(), wrongWorker.kill()]);

    const [web] = await start(0);
    expect(await read(web, "/api/v1/stores/healthy")).toMatchObject({ as_of: healthyAt, state: "online" });
    await until(async () => (await asOf(web)) === healthyAt);
    expect(await read(web, "/api/v1/stores")).toMatchObject({ stores: [{}, {}] });
    const future = { newest_poll_at: healthyAt, newest_future_poll_at: new Date(tomorrow).toISOString() };
    expect(await read(web, "/api/v1/status")).toMatchObject(future);
    const list = () => read(web, "/api/v1/data-quality/future_polls");
    expect(await list()).toMatchObject({ entries: [{ store_id: "other" }] });

    const search = new URLSearchParams({
      store: "other",
      from: healthyAt,
      to: new Date(tomorrow + 1).toISOString(),
    });
    const removed = await send(`${web.origin}/api/v1/polls?${search.toString()}`, { method: "DELETE" });
    const { id } = jsonOf(removed) as { id: number };
    expect(await list()).toMatchObject({ entries: [] });
    expect(await read(web, "/api/v1/status")).toMatchObject({ newest_future_poll_at: null });
    const undone = await send(`${web.origin}/api/v1/poll-removals/${id}/undo`, { method: "POST" });
    expect(undone.status).toBe(200);
    expect(await list()).toMatchObject({ entries: [{ store_id: "other" }] });
    expect(await asOf(web)).toBe(healthyAt);
  });
});
