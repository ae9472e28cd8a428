import { filtersOf, isFiltered, type StoreFilters } from "@/lib/client/store-filters";
import type { CreateReport } from "@/lib/contract/reports";
import type { Method } from "@/lib/uptime/types";

export type Scope = "fleet" | "filter" | "stores" | "store";

interface Typed {
  readonly scope: Scope;
  /** As typed or pasted. */
  readonly ids: string;
  readonly filters: StoreFilters;
  /** `YYYY-MM-DDTHH:MM` in UTC; empty: the newest poll. */
  readonly asOf: string;
  readonly method: Method;
}

const maxStores = 10_000;

/** The request that a form's fields make; where they make none, what is wrong with them and what to do. */
export function reportRequest({ scope, ids, filters, asOf, method }: Typed): CreateReport | string {
  const rest = { method, ...(asOf === "" ? {} : { as_of: new Date(`${asOf}Z`).toISOString() }) };
  if (scope === "fleet") return { scope, ...rest };
  if (scope === "filter") {
    const given = { ...filters, q: filters.q.trim() };
    return isFiltered(given) ? { filter: filtersOf(given), ...rest } : "Choose at least one filter.";
  }
  const given = [...new Set(ids.split(/[\s,;]+/).filter((id) => id !== ""))];
  const [first] = given;
  if (first === undefined) return scope === "store" ? "Enter a store ID." : "Enter at least one store ID.";
  const odd = given.find((id) => !/^[A-Za-z0-9_-]{1,64}$/.test(id));
  if (odd !== undefined) {
    return `“${odd.slice(0, 70)}” is not a store ID. Use 1 to 64 letters, digits, hyphens or underscores.`;
  }
  if (scope === "store") {
    return given.length === 1
      ? { store_id: first, ...rest }
      : "You entered several IDs. Choose “Selected stores” instead.";
  }
  if (given.length > maxStores) {
    return `You entered ${given.length.toLocaleString("en-US")} stores; the limit is ${maxStores.toLocaleString("en-US")}. Choose “Whole fleet” or split the report.`;
  }
  return { store_ids: given, ...rest };
}
