import { mutationOptions } from "@tanstack/react-query";
import type { SelectedStoresCsv } from "@/lib/contract/stores";
import { fetchFile } from "./fetch-json";

/** The CSV of selected stores: more of them than an address has room for. */
export function selectedCsvQuery() {
  return mutationOptions({
    mutationFn: (json: Pick<SelectedStoresCsv, "store_ids" | "sort">) =>
      fetchFile("/api/v1/stores.csv", { method: "POST", json, headers: { accept: "text/csv" } }),
  });
}
