import type { StoreDetail } from "@/lib/contract/stores";

/**
 * What to do about the state of a store, in a sentence or two; empty where there is nothing to do.
 * @param stale whether the data is too old to say anything about now
 */
export function storeAdvice({ state, lifecycle }: Pick<StoreDetail, "state" | "lifecycle">, stale: boolean): string {
  if (stale || lifecycle !== "active") return "";
  if (state === "offline") {
    return "Check the store’s internet connection and ordering devices. Checks come about once an hour.";
  }
  return state === "no_recent_check" ? "The store may be online. The next check will tell." : "";
}
