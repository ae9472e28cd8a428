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
