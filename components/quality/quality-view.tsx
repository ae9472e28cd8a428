"use client";

import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import { gapWords } from "@/components/stores/gap-words";
import { Button } from "@/components/ui/button";
import { ErrorView } from "@/components/ui/error-view";
import { Instant } from "@/components/ui/instant";
import { Panel } from "@/components/ui/panel";
import { qualityQueries } from "@/lib/client/quality-queries";
import type { QualityListName } from "@/lib/contract/data-quality";
import { fullTime } from "@/lib/format/zoned-time";

interface Entry {
  readonly list: QualityListName;
  readonly title: string;
  readonly meaning: string;
}

const entries: readonly Entry[] = [
  {
    list: "without_hours",
    title: "Stores without business hours",
    meaning: "They are taken for open round the clock.",
  },
  {
    list: "without_zone",
    title: "Stores without a time zone",
    meaning: "They are taken for stores in America/Chicago.",
  },
  {
    list: "without_polls",
    title: "Stores without checks",
    meaning: "Nothing is known of them; their figures are “no data”.",
  },
  {
    list: "only_in_polls",
    title: "Stores known by checks alone",
    meaning: "Neither hours nor a zone came for them: their ids may be mistyped.",
  },
  {
    list: "conflicts",
    title: "Contradicting checks",
    meaning: "Checks of one store and one instant said both; offline counted.",
  },
];

function EntryList({ list }: { list: QualityListName }) {
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(
    qualityQueries.list(list),
  );
  if (!data) {
    return error ? (
      <ErrorView title="The list could not be loaded" error={error} onRetry={() => void refetch()} />
    ) : (
      <div className="skeleton h-32" />
    );
  }
  return (
    <>
      <ul className="divide-line divide-y">
        {data.pages
          .flatMap((page) => page.entries)
          .map(({ store_id: storeId, name, at }) => (
            <li key={`${storeId} ${at ?? ""}`} className="flex flex-wrap justify-between gap-x-4 py-1.5">
              <Link
                href={`/stores/${storeId}`}
                prefetch={false}
                className="hover:text-accent min-h-6 underline-offset-2 hover:underline"
              >
                {name ?? <span className="font-mono text-xs break-all">{storeId}</span>}
              </Link>
              {at !== null && (
                <span className="text-muted">
                  <Instant at={at}>{`${fullTime(at, "UTC")} UTC`}</Instant>
                </span>
              )}
            </li>
          ))}
      </ul>
      {hasNextPage && (
        <Button
          className="mt-3"
          aria-disabled={isFetchingNextPage}
          onClick={() => {
            if (!isFetchingNextPage) void fetchNextPage();
          }}
        >
          Show more
        </Button>
      )}
    </>
  );
}

function QualityEntry({ entry: { list, title, meaning }, count }: { entry: Entry; count: number }) {
  const [open, setOpen] = useState(false);
  return (
    <Panel
      id={list}
      title={`${title}: ${count.toLocaleString("en-US")}`}
      aside={
        count > 0 && (
          <Button
            aria-expanded={open}
            aria-label={`${open ? "Hide" : "Show"} ${title.toLowerCase()}`}
            onClick={() => {
              setOpen(!open);
            }}
          >
            {open ? "Hide" : "Show"}
          </Button>
        )
      }
    >
      <p className="text-muted">{count === 0 ? "None." : meaning}</p>
      {open && (
        <div className="mt-2">
          <EntryList list={list} />
        </div>
      )}
    </Panel>
  );
}

/** What is missing in the data or contradicts itself, and what is made of it. */
export function QualityView() {
  const { data, error, refetch } = useQuery(qualityQueries.summary());
  if (!data) {
    return error ? (
      <ErrorView title="The state of the data could not be loaded" error={error} onRetry={() => void refetch()} />
    ) : (
      <div className="skeleton h-96" />
    );
  }
  const { as_of: asOf, stores, counts, polling_gaps: gaps } = data;
  return (
    <>
      <p className="text-muted mb-4">
        {stores.toLocaleString("en-US")} stores, as of <Instant at={asOf}>{`${fullTime(asOf, "UTC")} UTC`}</Instant>
      </p>
      <div className="grid gap-3">
        <Panel id="gaps" title="Stretches without checks of any store, last 7 days">
          {gaps === null ? (
            <p className="text-muted">Not computed yet.</p>
          ) : gaps.length === 0 ? (
            <p className="text-muted">None longer than 2 hours.</p>
          ) : (
            <ul className="space-y-1">
              {gaps.map((gap) => (
                <li key={gap.start}>{gapWords(gap, asOf, "UTC")} Times in UTC.</li>
              ))}
            </ul>
          )}
        </Panel>
        {entries.map((entry) => (
          <QualityEntry key={entry.list} entry={entry} count={counts[entry.list]} />
        ))}
      </div>
    </>
  );
}
