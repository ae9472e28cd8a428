import { beforeAll, expect, it } from "vitest";
import { FleetIncidentsSchema } from "@/lib/contract/fleet-incidents";
import { plantStores, storesApi } from "./test-support/stores-api";

const { database, send, get } = storesApi();

beforeAll(() => plantStores(database()), 60_000);

const list = async (search: string) => FleetIncidentsSchema.parse(await get(`/api/v1/incidents${search}`));

it("lists the last day's incidents of all stores, newest first, page by page", async () => {
  const all = await list("");
  expect(all.matching).toBeGreaterThan(3);
  expect(all.incidents.map(({ start }) => start)).toEqual(
    all.incidents
      .map(({ start }) => start)
      .sort()
      .reverse(),
  );
  // Down in every poll.
  expect(all.incidents.find(({ store_id: id }) => id === "down")).toMatchObject({
    ...{ time_zone: "UTC", ongoing: true, started_before: true, fleet_share: null },
  });
  const { response } = await send("GET", "/api/v1/incidents?limit=1");
  const [, next = ""] = /<([^>]+)>; rel="next"/.exec(response.headers.get("link") ?? "") ?? [];
  const second = FleetIncidentsSchema.parse(await get(next));
  expect(second.incidents).toEqual(all.incidents.slice(1, 2));
  const unchanged = await send("GET", "/api/v1/incidents", {
    headers: { "if-none-match": (await send("GET", "/api/v1/incidents")).response.headers.get("etag") ?? "" },
  });
  expect(unchanged.response.status).toBe(304);
});

it("lists those of the week by downtime, and of one store's zone", async () => {
  const [longest] = (await list("?window=week&sort=down")).incidents;
  expect(longest?.store_id).toBe("down");
  const { incidents } = await list("?window=week&time_zone=America/New_York");
  expect(new Set(incidents.map(({ store_id: id }) => id))).toEqual(new Set(["8419537941919820732"]));
});

it("downloads them as CSV", async () => {
  const { response } = await send("GET", "/api/v1/incidents.csv?window=week");
  expect(response.headers.get("content-disposition")).toContain("incidents-2023-01-25T18-13-22.479Z.csv");
});

it.each([
  ["?window=month", "invalid_window"],
  ["?sort=name", "invalid_sort"],
  ["?time_zone=", "invalid_time_zone"],
  ["?cursor=x", "invalid_cursor"],
  ["?from=2023-01-01T00:00:00Z", "unknown_parameter"],
])("rejects %s with %s", async (search, code) => {
  const { response, body } = await send("GET", `/api/v1/incidents${search}`);
  expect(response.status).toBe(400);
  expect(body).toMatchObject({ code });
});
