import { describe, expect, it } from "vitest";
import {
  fleetCsvHref,
  fleetDefaults,
  fleetHref,
  filteredHref,
  nextPage,
  parseFleetParams,
  parseReportId,
  previousPage,
  rowsBefore,
  toStoreListQuery,
  type FleetParams,
} from "./page-params";
import type { RawSearch } from "./raw-search";

function rawOf(href: string): RawSearch {
  const search = new URL(href, "http://page.test").searchParams;
  return Object.fromEntries([...new Set(search.keys())].map((name) => [name, search.getAll(name)]));
}

describe("the fleet's address", () => {
  it("says nothing about defaults", () => {
    expect(fleetHref(fleetDefaults)).toBe("/");
    expect(parseFleetParams({})).toEqual({ params: fleetDefaults, notices: [] });
  });

  it("reads back what it wrote", () => {
    let params: FleetParams = {
      ...fleetDefaults,
      q: "Taco & Co",
      state: "offline",
      preset: "needs_attention",
      brand: "Q&A / Söhne",
      group: "a b",
      storeZone: "America/New_York",
      sort: "-down_week",
      zone: "store",
      isZoneNamed: true,
      size: 100,
      columns: ["state", "week"],
    };
    params = nextPage(nextPage(params, "a/b="), "c");
    expect(parseFleetParams(rawOf(fleetHref(params)))).toEqual({ params, notices: [] });
    expect(rowsBefore(params)).toBe(200);
  });

  it("keeps a zone that it names, even the default one: another may be remembered", () => {
    const { params } = parseFleetParams({ zone: "mine" });
    expect(filteredHref(params, { state: "closed" })).toBe("/?state=closed&zone=mine");
    expect(fleetHref(nextPage(params, "a"))).toBe("/?zone=mine&page=2&cursor=a");
  });

  it("says which columns it does not know", () => {
    const read = (columns: string) => {
      const { params, notices } = parseFleetParams({ columns });
      return [params.columns, ...notices];
    };
    expect(read("week foo")).toEqual([["week"], "Unknown value “foo” in the URL. Showing the other columns."]);
    expect(read("foo")).toEqual([null, "Unknown value “foo” in the URL. Showing your own columns."]);
    expect(read("none")).toEqual([[]]);
    expect(read("state week")).toEqual([["state", "week"]]);
  });

  it("has one of a few page sizes", () => {
    expect(parseFleetParams({ size: "25" }).params.size).toBe(25);
    const { params, notices } = parseFleetParams({ size: "1e9" });
    expect(params).toEqual(fleetDefaults);
    expect(notices).toEqual(["Unknown value “1e9” in the URL. Showing 50 stores per page."]);
  });

  it("goes back the way it came", () => {
    const second = nextPage(fleetDefaults, "a");
    expect(previousPage(nextPage(second, "b"))).toEqual(second);
    expect(previousPage(second)).toEqual(fleetDefaults);
  });

  it("keeps a long way short: from there the way back leads to the first page", () => {
    let params = fleetDefaults;
    for (let i = 0; i < 30; i++) params = nextPage(params, `c${String(i)}`);
    expect(params.trail).toHaveLength(20);
    expect(params.page).toBe(31);
    for (let i = 0; i < 20; i++) params = previousPage(params);
    expect(params).toEqual(fleetDefaults);
  });

  it("starts at the first page after a change of filter", () => {
    expect(filteredHref(nextPage(fleetDefaults, "a"), { state: "closed" })).toBe("/?state=closed");
  });

  it("searches for what is left where a search holds NULs", () => {
    expect(parseFleetParams({ q: "\0tac\0o\0" }).params.q).toBe("taco");
    expect(parseFleetParams({ q: "\0" })).toEqual({ params: fleetDefaults, notices: [] });
  });

  it("falls back, with a notice each, where a value makes no sense", () => {
    const { params, notices } = parseFleetParams({
      state: "asleep",
      sort: "luck",
      preset: "hope",
      zone: "Mars",
      page: "-1",
      q: ["x", "y"],
    });
    expect(params).toEqual({ ...fleetDefaults, q: "x" });
    expect(notices).toHaveLength(5);
    expect(notices[0]).toContain("asleep");
  });

  it("downloads what the page lists, in its order, whatever page of it is shown", () => {
    const params = nextPage<FleetParams>(
      { ...fleetDefaults, preset: "on_track", brand: "A&B", zone: "UTC", sort: "name" },
      "a",
    );
    expect(fleetCsvHref(params)).toBe("/api/v1/stores.csv?preset=on_track&brand=A%26B&sort=name");
  });

  it("cuts a search that the server would refuse", () => {
    const { params, notices } = parseFleetParams({ q: "x".repeat(500) });
    expect(params.q).toHaveLength(100);
    expect(notices).toHaveLength(1);
  });

  it("asks the server for the last cursor only", () => {
    const params = nextPage(nextPage(fleetDefaults, "a"), "b");
    expect(toStoreListQuery(params)).toEqual({ sort: "uptime_week", cursor: "b", limit: 50 });
  });
});

describe("an id in an address", () => {
  it("takes whole positive numbers that the database can hold as report ids", () => {
    expect(["1", "2147483647", "2147483648", "0", "-1", "01", "1.5", ""].map(parseReportId)).toEqual([
      1,
      2147483647,
      null,
      null,
      null,
      null,
      null,
      null,
    ]);
  });
});
