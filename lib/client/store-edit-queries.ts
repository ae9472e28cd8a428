import { infiniteQueryOptions, mutationOptions, queryOptions, skipToken } from "@tanstack/react-query";
import type { ChangeStores } from "@/lib/contract/store-changes";
import type { EditStore, PutException, ScheduleException } from "@/lib/contract/store-edit";
import type { PutStoreHours } from "@/lib/contract/store-hours";
import { fetchDone, fetchJson, fetchTagged } from "./fetch-json";

const hoursSchema = async () => (await import("@/lib/contract/store-hours")).StoreHoursSchema;
const previewSchema = async () => (await import("@/lib/contract/store-hours")).HoursPreviewSchema;
const detailSchema = async () => (await import("@/lib/contract/stores")).StoreDetailSchema;
const convertedSchema = async () => (await import("@/lib/contract/hours-conversion")).ConvertedHoursSchema;
const exceptionsSchema = async () => (await import("@/lib/contract/store-edit")).ScheduleExceptionListSchema;
const exceptionSchema = async () => (await import("@/lib/contract/store-edit")).ScheduleExceptionSchema;
const changedSchema = async () => (await import("@/lib/contract/store-changes")).StoresChangedSchema;
const zonesSchema = async () => (await import("@/lib/contract/zone-clock")).TimeZoneListSchema;

const exceptionsPerPage = "50";

/** What the form of details changes. */
export type DetailsEdit = Pick<EditStore, "name" | "address" | "tags" | "lifecycle">;

/** Which stores are changed at once: by their ids, or those that match a filter. */
export type ChangedStores = Pick<ChangeStores, "store_ids" | "filter">;

type DateHours = PutException & { readonly date: string };

/** The special hours of a date, or null where the weekly ones apply. */
async function exceptionOn(storeId: string, date: string): Promise<ScheduleException | null> {
  const search = new URLSearchParams({ from: date, limit: "1" });
  const { exceptions } = await fetchJson(`/api/v1/stores/${storeId}/exceptions?${search.toString()}`, exceptionsSchema);
  return exceptions.find((one) => one.date === date) ?? null;
}

/** What is needed to edit a store, and the edits. */
export const storeEditQueries = {
  all: () => ["store-edit"] as const,
  /** The hours as they were given, with their ETag, read once for each form: what is being typed is not replaced. */
  hours: (storeId: string) =>
    queryOptions({
      queryKey: [...storeEditQueries.all(), "store", storeId, "hours"],
      queryFn: ({ signal }) => fetchTagged(`/api/v1/stores/${storeId}/hours`, hoursSchema, { signal }),
      refetchOnWindowFocus: false,
      staleTime: Infinity,
      // The next form reads them again: others may have changed them meanwhile.
      gcTime: 0,
    }),
  /** The last 7 days with the stored hours and with others. @param hours null while there are none to ask about */
  preview: (storeId: string, hours: PutStoreHours | null) =>
    queryOptions({
      queryKey: [...storeEditQueries.all(), "store", storeId, "hours-preview", hours],
      queryFn:
        hours === null
          ? skipToken
          : ({ signal }) =>
              fetchJson(`/api/v1/stores/${storeId}/hours/preview`, previewSchema, {
                method: "POST",
                json: hours,
                signal,
              }),
    }),
  /** Weekly hours in the spelling of another service, as the API takes them. */
  convertHours: () =>
    mutationOptions({
      mutationFn: (text: string) =>
        fetchJson("/api/v1/hours/convert", convertedSchema, { method: "POST", json: { text } }),
    }),
  /** Every name that a time zone may have. */
  zones: () =>
    queryOptions({
      queryKey: [...storeEditQueries.all(), "time-zones"],
      queryFn: ({ signal }) => fetchJson("/api/v1/time-zones", zonesSchema, { signal }),
      staleTime: Infinity,
    }),
  /** Dates with hours of their own from one on. @param from a local date */
  exceptions: (storeId: string, from: string) =>
    infiniteQueryOptions({
      queryKey: [...storeEditQueries.all(), "store", storeId, "exceptions", from],
      queryFn: ({ signal, pageParam }) => {
        const search = new URLSearchParams({ from, limit: exceptionsPerPage });
        if (pageParam !== null) search.set("cursor", pageParam);
        return fetchJson(`/api/v1/stores/${storeId}/exceptions?${search.toString()}`, exceptionsSchema, { signal });
      },
      initialPageParam: null as string | null,
      getNextPageParam: (page) => page.next_cursor,
    }),
  /** Changes several stores, or says what would happen. */
  changeStores: () =>
    mutationOptions({
      mutationFn: (change: Omit<ChangeStores, "dry_run"> & { readonly dry_run?: boolean }) =>
        fetchJson("/api/v1/stores", changedSchema, { method: "PATCH", json: change }),
    }),
  saveDetails: (storeId: string) =>
    mutationOptions({
      mutationFn: (edit: DetailsEdit) =>
        fetchJson(`/api/v1/stores/${storeId}`, detailSchema, { method: "PATCH", json: edit }),
    }),
  saveHours: (storeId: string) =>
    mutationOptions({
      mutationFn: ({ hours, etag }: { readonly hours: PutStoreHours; readonly etag: string }) =>
        fetchTagged(`/api/v1/stores/${storeId}/hours`, hoursSchema, {
          method: "PUT",
          json: hours,
          headers: { "if-match": etag },
        }),
    }),
  /** A new date that has special hours already is left as it is: the answer is what it has, and null when it was saved. */
  saveException: (storeId: string) =>
    mutationOptions({
      mutationFn: async ({ date, hours, isNew }: DateHours & { readonly isNew: boolean }) => {
        const present = isNew ? await exceptionOn(storeId, date) : null;
        if (present !== null) return present;
        const path = `/api/v1/stores/${storeId}/exceptions/${date}`;
        await fetchJson(path, exceptionSchema, { method: "PUT", json: { hours } });
        return null;
      },
    }),
  removeException: (storeId: string) =>
    mutationOptions({
      mutationFn: (date: string) => fetchDone(`/api/v1/stores/${storeId}/exceptions/${date}`, { method: "DELETE" }),
    }),
};
