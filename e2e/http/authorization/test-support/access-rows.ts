import type { Operation } from "@/lib/contract/operation";
import { operations } from "@/lib/contract/operations";

/** What identifies the caller of a request. */
export type Caller = Readonly<Record<string, string>>;

/** The value of each path parameter. */
export type Ids = Readonly<Record<string, string>>;

export const bearer = (key: string): Caller => ({ authorization: `Bearer ${key}` });
export const cookie = (token: string): Caller => ({ cookie: `session=${token}`, "sec-fetch-site": "same-origin" });

/** Each operation that anyone may call, and why. */
export const forAnyone: Readonly<Record<string, string>> = {
  setUp: "by a link",
  acceptInvitation: "by a link",
  signIn: "by a password",
  signOut: "of oneself",
  getSession: "says that nobody has signed in",
  getOpenApi: "holds no data",
  getSecurityContact: "is public",
  getLiveness: "holds no data",
  getReadiness: "holds no data",
};

/** The response to an owner who requests another's object: `empty` is 200 without anything of theirs. */
export const forOwnerOfAnother: Readonly<Record<string, 200 | 202 | 403 | 404 | "own">> = {
  ...{
    listStores: 200,
    downloadStoresCsv: 200,
    downloadSelectedStoresCsv: 404,
    ...{ downloadHoursCsv: 200, downloadExceptionsCsv: 200, downloadPollsCsv: 200 },
    getFleet: 200,
    getFleetLabels: 200,
    getFleetRollups: 200,
    listIncidents: 200,
    downloadIncidents: 200,
    getStatus: 200,
  },
  // The tz database belongs to no store.
  ...{ listTimeZones: 200, getTimeZoneClock: 200 },
  ...{ getDataQuality: 200, listDataQuality: 200, listReports: 200, sendPolls: 200, listKeys: 200 },
  ...{ changeStores: 404, createStore: 403, putStoreId: 403, mergeStore: 403, listStoreMerges: 403 },
  ...{ undoStoreMerge: 403, deleteStore: 403, listDeletedStores: 403, restoreStore: 403 },
  ...{ getStore: 404, editStore: 404, listExceptions: 404, putException: 404, removeException: 404 },
  ...{ getStoreHours: 404, putStoreHours: 404, previewStoreHours: 404, putHours: 404, putExceptions: 404 },
  // It reads nothing that is stored.
  convertHours: 200,
  ...{ getStoreUptime: 404, downloadStoreUptime: 404, getStoreTimeline: 404 },
  ...{ listStoreIncidents: 404, getStoreHeatmap: 404 },
  ...{
    createReport: 404,
    getReport: 404,
    cancelReport: 404,
    retryReport: 404,
    getReportSummary: 404,
    downloadReportCsv: 404,
    downloadReportNdjson: 404,
  },
  ...{ removePolls: 404, undoPollRemoval: 404, listPollRemovals: 200 },
  ...{ triggerStoreReport: 404, getLegacyReport: 404 },
  ...{ sendFile: 403, listImports: 403, getImport: 403, downloadImportRejects: 403, deleteImport: 403 },
  ...{ listImportRejects: 403, cancelImport: 403, undoImport: 403 },
  ...{ createWebhook: 403, listWebhooks: 403, getWebhook: 403, changeWebhook: 403, deleteWebhook: 403 },
  ...{ testWebhook: 403, listWebhookDeliveries: 403, replayWebhookDelivery: 403 },
  ...{ listCalendars: 403, createCalendar: 403, previewCalendar: 403, getCalendar: 403, putCalendar: 403 },
  ...{ putCalendarFeed: 403, getCalendarFeed: 403, refreshCalendarFeed: 403, deleteCalendarFeed: 403 },
  // The holidays of countries belong to no store.
  ...{ deleteCalendar: 403, listHolidayCountries: 200 },
  ...{ listPeople: 403, getPerson: 403, changePerson: 403, removePerson: 404, exportPerson: 404 },
  ...{ listInvitations: 403, invite: 403, removeInvitation: 403, listAudit: 403, getMetrics: 403 },
  ...{ createKey: 404, rotateKey: 404, revokeKey: 404, listSessions: 200, endSession: 404 },
  // They are only about the caller's own objects.
  ...{ signOutEverywhere: "own", changePassword: "own" },
};

/** Headers that a browser sends for a page of another site; the last sends none. */
export const fromElsewhere: readonly Caller[] = [
  { "sec-fetch-site": "cross-site" },
  { "sec-fetch-site": "same-site" },
  { origin: "https://evil.example" },
  { origin: "http://localhost:8001" },
  { origin: "null" },
  { referer: "https://evil.example/page" },
  { "sec-fetch-site": "cross-site", origin: "http://localhost" },
  { "sec-fetch-site": "none, cross-site" },
  {},
];

/** Operations that require authentication. */
export const protectedOperations: readonly Operation[] = operations.filter(({ access }) => access.scope !== "anyone");

/** Whether an operation has an effect, so that other sites must not be able to make a browser send it. */
export const changes = ({ method, access }: Operation): boolean => method !== "GET" || "changesByGet" in access;

export function operationOf(id: string): Operation {
  const operation = operations.find((one) => one.id === id);
  if (operation === undefined) throw new Error(`There is no ${id}.`);
  return operation;
}

/** Bodies with another's object, for operations whose example has none. */
const bodies: Readonly<Record<string, (ids: Ids) => unknown>> = {
  createReport: ({ store_id }) => ({ store_id }),
  getLegacyReport: ({ report_id }) => ({ report_id }),
  sendPolls: ({ store_id }) => ({ polls: [{ store_id, at: "2023-03-01T10:00:00Z", status: "active" }] }),
  putExceptions: ({ store_id }) => ({ store_ids: [store_id], from: "2023-12-24", to: "2023-12-26", hours: [] }),
  // No effect, so that the other rows find the store.
  putStoreId: ({ store_id }) => ({ store_id }),
  mergeStore: ({ store_id }) => ({ source_id: store_id === "mine" ? "other" : "mine", dry_run: true }),
  changeStores: ({ store_id }) => ({ store_ids: [store_id], add_tags: [] }),
  downloadSelectedStoresCsv: ({ store_id }) => ({ store_ids: [store_id] }),
  putHours: ({ store_id }) => ({ stores: [{ store_id, time_zone: null, business_hours: null }] }),
  createKey: ({ store_id }) => ({ name: "x", scopes: ["stores:read"], store_ids: [store_id] }),
};

/** Query parameters with another's object, by operation. */
const queries: Readonly<Record<string, (ids: Ids) => Readonly<Record<string, string>>>> = {
  // A range without polls: where it is allowed, the figures that other rows compare stay the same.
  removePolls: ({ store_id = "" }) => ({ store: store_id, from: "2022-06-06T10:00:00Z", to: "2022-06-06T11:00:00Z" }),
};

/** Path and query of a request for an operation. */
export function addressOf({ id, example, path }: Operation, ids: Ids): string {
  const { searchParams } = new URL(example, "http://localhost");
  // A report that no worker takes must not be waited for.
  searchParams.delete("wait");
  for (const [name, value] of Object.entries(queries[id]?.(ids) ?? {})) searchParams.set(name, value);
  const search = searchParams.size === 0 ? "" : `?${searchParams.toString()}`;
  return path.replace(/\{([^}]+)\}/g, (_all, name: string) => ids[name] ?? `no-${name}`) + search;
}

/** A request for an operation, at `http://localhost`. */
export function requestOf(operation: Operation, caller: Caller, ids: Ids): Request {
  const { body } = operation;
  const content = bodies[operation.id]?.(ids) ?? body?.example;
  const text = typeof content === "string" ? content : JSON.stringify(content);
  return new Request(`http://localhost${addressOf(operation, ids)}`, {
    method: operation.method,
    headers: { ...caller, ...(body === undefined ? {} : { "content-type": body.content.mediaType }) },
    ...(body === undefined ? {} : { body: text }),
  });
}
