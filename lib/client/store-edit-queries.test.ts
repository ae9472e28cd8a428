import { afterEach, describe, expect, it, vi } from "vitest";
import { makeQueryClient } from "./query-client";
import { storeEditQueries } from "./store-edit-queries";

const christmas = { date: "2098-12-25", closed: true, hours: [] };

/** Answers a store's exceptions, and notes which requests were sent. */
function answerWith(stored: readonly (typeof christmas)[]): string[] {
  const sent: string[] = [];
  vi.stubGlobal("fetch", (path: string, { method = "GET" }: RequestInit) => {
    sent.push(`${method} ${path}`);
    const list = { store_id: "s-1", exceptions: stored, total: stored.length, next_cursor: null };
    return Promise.resolve(Response.json(method === "GET" ? list : { ...christmas, date: "2098-12-24" }));
  });
  return sent;
}

function save(isNew: boolean) {
  const queryClient = makeQueryClient();
  const { mutationFn } = storeEditQueries.saveException("s-1");
  const edit = { date: christmas.date, hours: [], isNew };
  return mutationFn?.(edit, { client: queryClient, meta: undefined });
}

afterEach(() => {
  vi.unstubAllGlobals();
});

describe("special hours of a date", () => {
  const path = "/api/v1/stores/s-1/exceptions";

  it("are not replaced where the date is new to the form, and are answered instead", async () => {
    const sent = answerWith([christmas]);
    expect(await save(true)).toEqual(christmas);
    expect(sent).toEqual([`GET ${path}?from=2098-12-25&limit=1`]);
  });

  it("are saved where the date has none, even if a later one has", async () => {
    const sent = answerWith([{ ...christmas, date: "2098-12-31" }]);
    expect(await save(true)).toBeNull();
    expect(sent).toEqual([`GET ${path}?from=2098-12-25&limit=1`, `PUT ${path}/2098-12-25`]);
  });

  it("are replaced where they are edited", async () => {
    const sent = answerWith([christmas]);
    expect(await save(false)).toBeNull();
    expect(sent).toEqual([`PUT ${path}/2098-12-25`]);
  });
});
