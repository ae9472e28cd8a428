import { QueryClient, QueryObserver } from "@tanstack/react-query";
import { afterEach, expect, it, vi } from "vitest";
import { storeQueries } from "@/lib/client/store-queries";
import { findStoreMeant, storeMeant } from "./store-meant";

afterEach(() => {
  vi.unstubAllGlobals();
});

const found = (...ids: string[]) => ids.map((id) => ({ store_id: id }));

it("takes the store with the id, or the only one that matches", () => {
  expect(storeMeant("74", found("174", "74", "740"))).toEqual({ store_id: "74" });
  expect(storeMeant("main st", found("8419"))).toEqual({ store_id: "8419" });
});

it("takes none where several match, or none does", () => {
  expect(storeMeant("main", found("74", "75"))).toBeNull();
  expect(storeMeant("main", [])).toBeNull();
});

it("finds a store that the list does not have by its id", async () => {
  const asked: string[] = [];
  vi.stubGlobal("fetch", (address: string) => {
    asked.push(address.split("?")[0] ?? "");
    const list = { as_of: null, computed_at: null, tz_release: null, stores: [], matching: 0, next_cursor: null };
    const counts = { online: 0, offline: 0, closed: 0, no_recent_check: 0 };
    const body = address.includes("?") ? { ...list, counts, fleet: null, clocks: [] } : {};
    return Promise.resolve(new Response(JSON.stringify(body), { status: address.includes("?") ? 200 : 404 }));
  });
  expect(await findStoreMeant(new QueryClient(), "retired-1")).toBeNull();
  expect(asked).toEqual(["/api/v1/stores", "/api/v1/stores/retired-1"]);
  expect(await findStoreMeant(new QueryClient(), "no id")).toBeNull();
  expect(asked).toHaveLength(3);
});

it("searches again when the list that sent the same search is closed meanwhile", async () => {
  const signals: (AbortSignal | null | undefined)[] = [];
  vi.stubGlobal("fetch", (_address: string, { signal }: RequestInit) => {
    signals.push(signal);
    if (signals.length > 1) return Promise.resolve(new Response("{}", { status: 503 }));
    return new Promise((_resolve, reject) => {
      signal?.addEventListener("abort", () => {
        reject(signal.reason as Error);
      });
    });
  });
  const queryClient = new QueryClient();
  const closeList = new QueryObserver(queryClient, storeQueries.search("main")).subscribe(() => undefined);
  const meant = findStoreMeant(queryClient, "main");
  closeList();
  await expect(meant).rejects.toThrow("503");
  expect(signals.map((signal) => signal?.aborted)).toEqual([true, false]);
});
