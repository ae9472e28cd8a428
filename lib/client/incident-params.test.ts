import { expect, it } from "vitest";
import {
  changedIncidentsHref,
  incidentDefaults,
  incidentsCsvHref,
  incidentsHref,
  parseIncidentParams,
  toIncidentsQuery,
  type IncidentParams,
} from "./incident-params";
import { nextPage } from "./page-params";

const params: IncidentParams = {
  ...incidentDefaults,
  ...{ q: "a b", state: "offline", brand: "Q&A", group: "North", storeZone: "America/New_York" },
  ...{ window: "week", sort: "down", zone: "store", isZoneNamed: true },
};

function rawOf(href: string) {
  const search = new URL(href, "http://page.test").searchParams;
  return Object.fromEntries([...new Set(search.keys())].map((name) => [name, search.getAll(name)]));
}

it("reads back what it wrote, and says nothing about defaults", () => {
  const third = nextPage(nextPage(params, "a/b="), "c");
  expect(parseIncidentParams(rawOf(incidentsHref(third)))).toEqual({ params: third, notices: [] });
  expect(incidentsHref(incidentDefaults)).toBe("/incidents");
  expect(changedIncidentsHref(third, { window: "day", q: "" })).not.toMatch(/cursor|page|window|q=/);
});

it("says which values it does not know", () => {
  const { params: read, notices } = parseIncidentParams({ window: "year", sort: "x", zone: "moon", state: "up" });
  expect(read).toEqual(incidentDefaults);
  expect(notices).toHaveLength(4);
});

it("asks for a page, and downloads all pages of it", () => {
  expect(toIncidentsQuery(nextPage(params, "c"))).toMatchObject({ time_zone: "America/New_York", cursor: "c" });
  expect(incidentsCsvHref(nextPage(params, "c"))).toBe(
    "/api/v1/incidents.csv?q=a+b&state=offline&brand=Q%26A&group=North&time_zone=America%2FNew_York&window=week&sort=down",
  );
});
