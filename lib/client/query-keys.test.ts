import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import * as access from "./access-queries";
import * as calendars from "./calendar-queries";
import * as imports from "./import-queries";
import * as quality from "./quality-queries";
import * as removals from "./removal-queries";
import * as reports from "./report-queries";
import * as status from "./status-queries";
import * as storeEdits from "./store-edit-queries";
import * as stores from "./store-queries";
import * as storeRecords from "./store-record-queries";
import * as webhooks from "./webhook-queries";
import * as zones from "./zone-queries";

const modules: readonly Readonly<Record<string, unknown>>[] = [
  access,
  calendars,
  imports,
  quality,
  removals,
  reports,
  status,
  storeEdits,
  stores,
  storeRecords,
  webhooks,
  zones,
];

/** Ids that a store may have, and that are words of ours, of JavaScript or of JSON. */
const ids = [
  ...["fleet", "labels", "list", "all", "new", "unknown", "null", "undefined", "store", "report", "import", "detail"],
  ...["figures", "uptime", "timeline", "incidents", "heatmap", "explained", "exceptions", "polling-gaps", "summary"],
  ...["stores", "reports", "imports", "__proto__", "constructor", "toString", "0", "1"],
];

/** Factories that give the beginning of other factories' keys, and of whose. */
const beginnings: Readonly<Record<string, (factory: string) => boolean>> = {
  all: () => true,
  lists: (factory) => factory === "list",
  deliveriesOf: (factory) => factory === "deliveries",
};

interface FactoryKey {
  readonly group: string;
  readonly factory: string;
  readonly key: readonly unknown[];
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);

function keyOf(made: unknown): readonly unknown[] | null {
  if (isList(made)) return made;
  return isObject(made) && isList(made["queryKey"]) ? made["queryKey"] : null;
}

/** Every key that the factories of `lib/client` make of these ids. */
function keysOfFactories(): readonly FactoryKey[] {
  const keys: FactoryKey[] = [];
  for (const exported of modules) {
    for (const [group, factories] of Object.entries(exported)) {
      if (!group.endsWith("Queries") || !isObject(factories)) continue;
      for (const [factory, make] of Object.entries(factories)) {
        if (typeof make !== "function") continue;
        for (const id of make.length === 0 ? [""] : ids) {
          const given = Array.from({ length: make.length }, (_, at) => (at === 0 ? id : "week"));
          const key = keyOf((make as (...args: string[]) => unknown)(...given));
          if (key !== null) keys.push({ group, factory, key });
        }
      }
    }
  }
  return keys;
}

/** Whether an invalidation of `first` reaches `second`. */
const begins = (first: readonly unknown[], second: readonly unknown[]): boolean =>
  first.every((part, at) => JSON.stringify(part) === JSON.stringify(second[at]));

describe("The keys of what the browser has read", () => {
  it("are made by factories that were all found", () => {
    expect(readdirSync(import.meta.dirname).filter((name) => name.endsWith("-queries.ts"))).toHaveLength(
      modules.length,
    );
    const found = new Set(keysOfFactories().map(({ group, factory }) => `${group}.${factory}`));
    for (const one of ["storeQueries.detail", "storeQueries.fleet", "reportQueries.one", "importQueries.one"]) {
      expect(found).toContain(one);
    }
  });

  it("are never those of something else, nor their beginning, whatever an id is", () => {
    const keys = keysOfFactories();
    const shared = keys.flatMap((first) =>
      keys
        .filter((second) => first !== second && begins(first.key, second.key))
        .filter(({ group, factory }) => !(first.group === group && (beginnings[first.factory]?.(factory) ?? false)))
        .map((second) => `${JSON.stringify(first.key)} of ${first.factory} begins that of ${second.factory}`),
    );
    expect(shared).toEqual([]);
  });
});
