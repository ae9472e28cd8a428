import { mutationOptions, queryOptions } from "@tanstack/react-query";
import type { PutFeed } from "@/lib/contract/calendar-feeds";
import type { CalendarEntry, PreviewCalendar, PutCalendar } from "@/lib/contract/calendars";
import { fetchDone, fetchJson, fetchTagged } from "./fetch-json";

const contract = () => import("@/lib/contract/calendars");
const calendarSchema = async () => (await contract()).CalendarSchema;
const previewSchema = async () => (await contract()).CalendarPreviewSchema;
const feedSchema = async () => (await import("@/lib/contract/calendar-feeds")).CalendarFeedSchema;
const watchMs = 2_000;
const pathOf = (id: number): string => `/api/v1/calendars/${String(id)}`;

const preview = (json: PreviewCalendar, signal?: AbortSignal) =>
  fetchJson("/api/v1/calendar-preview", previewSchema, { method: "POST", json, ...(signal && { signal }) });

/** A calendar to save, with the one that it replaces. */
interface SavedCalendar {
  readonly calendar: PutCalendar;
  /** Null: a new one. */
  readonly stored: { readonly id: number; readonly etag: string } | null;
}

export const calendarQueries = {
  all: () => ["calendars"] as const,
  list: () =>
    queryOptions({
      queryKey: [...calendarQueries.all(), "list"],
      queryFn: ({ signal }) =>
        fetchJson("/api/v1/calendars", async () => (await contract()).CalendarListSchema, { signal }),
    }),
  /** A calendar with its ETag, read once for each form: what is being typed is not replaced. */
  one: (id: number) =>
    queryOptions({
      queryKey: [...calendarQueries.all(), "calendar", id],
      queryFn: ({ signal }) => fetchTagged(pathOf(id), calendarSchema, { signal }),
      refetchOnWindowFocus: false,
      staleTime: Infinity,
      // The next form reads it again: others may have changed it meanwhile.
      gcTime: 0,
    }),
  /** The countries, states and regions whose holidays are known. */
  places: () =>
    queryOptions({
      queryKey: [...calendarQueries.all(), "places"],
      queryFn: ({ signal }) =>
        fetchJson("/api/v1/holidays", async () => (await contract()).HolidayCountriesSchema, { signal }),
      staleTime: Infinity,
    }),
  /** The coming dates of one entry, for no store. */
  datesOf: (entry: CalendarEntry) =>
    queryOptions({
      queryKey: [...calendarQueries.all(), "dates", entry],
      queryFn: ({ signal }) => {
        // No calendar has this name.
        const name = `Preview ${crypto.randomUUID()}`;
        return preview(
          { name, entries: [entry], given_to: { all: false, brands: [], groups: [], store_ids: [] } },
          signal,
        );
      },
      staleTime: Infinity,
    }),
  /** What saving would do. */
  preview: () => mutationOptions({ mutationFn: (calendar: PreviewCalendar) => preview(calendar) }),
  save: () =>
    mutationOptions({
      mutationFn: ({ calendar, stored }: SavedCalendar) =>
        stored === null
          ? fetchJson("/api/v1/calendars", calendarSchema, { method: "POST", json: calendar })
          : fetchJson(pathOf(stored.id), calendarSchema, {
              method: "PUT",
              json: calendar,
              headers: { "if-match": stored.etag },
            }),
    }),
  /** Where dates of a calendar are read from; of one that has it. */
  feed: (id: number) =>
    queryOptions({
      queryKey: [...calendarQueries.all(), "feed", id],
      queryFn: ({ signal }) => fetchJson(`${pathOf(id)}/feed`, feedSchema, { signal }),
      // The worker reads one that is due within seconds.
      refetchInterval: ({ state }) =>
        state.data !== undefined && Date.parse(state.data.next_read_at) <= Date.now() ? watchMs : false,
    }),
  saveFeed: (id: number) =>
    mutationOptions({
      mutationFn: (json: PutFeed) => fetchJson(`${pathOf(id)}/feed`, feedSchema, { method: "PUT", json }),
    }),
  refreshFeed: (id: number) =>
    mutationOptions({
      mutationFn: () => fetchJson(`${pathOf(id)}/feed/refresh`, feedSchema, { method: "POST" }),
    }),
  removeFeed: (id: number) =>
    mutationOptions({ mutationFn: () => fetchDone(`${pathOf(id)}/feed`, { method: "DELETE" }) }),
  remove: () => mutationOptions({ mutationFn: (id: number) => fetchDone(pathOf(id), { method: "DELETE" }) }),
};
