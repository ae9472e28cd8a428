"use client";

import { DateWords } from "@/components/ui/date-words";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import clsx from "clsx";
import Link from "next/link";
import { useState } from "react";
import { NothingImported } from "@/components/stores/nothing-imported";
import { Button } from "@/components/ui/button";
import { ErrorView } from "@/components/ui/error-view";
import { UtcInstant } from "@/components/ui/instant";
import { useUtcClock } from "@/components/ui/reader";
import { Panel } from "@/components/ui/panel";
import { RefreshNotice } from "@/components/ui/refresh-notice";
import { qualityQueries } from "@/lib/client/quality-queries";
import type { DataQuality, QualityListName } from "@/lib/contract/data-quality";
import { timeRange } from "@/lib/format/time-range";
import { ruleChangeText } from "./rule-change-text";
import { PollRemovals, RemoveFutureChecks } from "./poll-removals";
import { qualityEntries, type QualityEntryText } from "./quality-entries";

function EntryList({ list }: { list: QualityListName }) {
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(
    qualityQueries.list(list),
  );
  if (!data) {
    return error ? (
      <ErrorView title="Couldn’t load the list" error={error} onRetry={() => void refetch()} />
    ) : (
      <div aria-busy="true">
        <p role="status" className="sr-only">
          Loading the list
        </p>
        <div className="skeleton h-32" />
      </div>
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
                  <UtcInstant at={at} />
                </span>
              )}
              {list === "future_polls" && at !== null && <RemoveFutureChecks storeId={storeId} from={at} />}
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

function QualityEntry({ words, count }: { words: QualityEntryText; count: number }) {
  const { list, title, meaning, remedy } = words;
  const [open, setOpen] = useState(false);
  return (
    <li className="border-line bg-panel rounded-panel border">
      <section aria-labelledby={list} className="grid gap-x-4 px-4 py-3 sm:grid-cols-[5rem_minmax(0,1fr)_auto]">
        <p
          aria-hidden
          className={clsx("text-2xl leading-8 font-semibold tracking-tight", count === 0 && "text-muted font-normal")}
        >
          {count.toLocaleString("en-US")}
        </p>
        <div className="min-w-0">
          <h2 id={list} className="font-semibold">
            {title}
            <span className="sr-only">: {count.toLocaleString("en-US")}</span>
          </h2>
          {count === 0 ? (
            <p className="text-muted">None.</p>
          ) : (
            <>
              <p className="text-pretty">{meaning}</p>
              <p className="text-muted text-pretty">{remedy}</p>
            </>
          )}
        </div>
        {count > 0 && (
          <Button
            className="mt-2 self-start sm:mt-0"
            aria-expanded={open}
            aria-label={`${open ? "Hide" : "Show"} ${title.toLowerCase()}`}
            onClick={() => {
              setOpen(!open);
            }}
          >
            {open ? "Hide" : "Show"}
          </Button>
        )}
        {open && (
          <div className="border-line mt-3 border-t pt-2 sm:col-span-3">
            <EntryList list={list} />
          </div>
        )}
      </section>
    </li>
  );
}

/** When no store was checked. */
function Gaps({ gaps, asOf }: { gaps: DataQuality["polling_gaps"]; asOf: string }) {
  const utcClock = useUtcClock();
  return (
    <Panel id="gaps" title="Monitoring gaps, last 7 days" className="mb-3">
      {gaps === null ? (
        <p className="text-muted">Computing the first figures. Gaps will appear here shortly.</p>
      ) : gaps.length === 0 ? (
        <p className="text-muted">No gap longer than 2 hours.</p>
      ) : (
        <>
          <ul className="space-y-1">
            {gaps.map((gap) => (
              <li key={gap.start} className="flex items-start gap-2">
                <span
                  aria-hidden
                  className="fill-state-unknown border-line-strong mt-0.5 size-4 shrink-0 rounded-xs border"
                />
                <DateWords>{timeRange(gap.start, gap.end, asOf, utcClock)}</DateWords> UTC
              </li>
            ))}
          </ul>
          <p className="mt-2 text-pretty">Store status is unknown for this time and counts as “no data”.</p>
          <p className="text-muted text-pretty">Check whether your poller was down. Late data corrects past figures.</p>
        </>
      )}
    </Panel>
  );
}

/** When figures began to be computed with other time zone rules. */
function RuleChanges({ changes }: { changes: DataQuality["zone_rule_changes"] }) {
  if (changes.length === 0) return null;
  return (
    <Panel id="zone-rules" title="Time zone rules changed, last 90 days" className="mb-3">
      <ul className="space-y-1">
        {changes.map((change) => (
          <li key={change.at} className="text-pretty">
            <UtcInstant at={change.at} />: {ruleChangeText(change)}
          </li>
        ))}
      </ul>
      <p className="text-muted mt-2 text-pretty">
        Fleet figures are recalculated after a change. Reports keep the rules they were computed with.
      </p>
    </Panel>
  );
}

/** The page while its counts are on their way, in its final size. */
function QualitySkeleton() {
  return (
    <div aria-busy="true">
      <p role="status" className="sr-only">
        Loading data quality
      </p>
      <div className="skeleton mb-4 h-5 w-72 max-w-full" />
      <div className="skeleton mb-3 h-32" />
      <div className="grid gap-3">
        {qualityEntries.map(({ list }) => (
          <div key={list} className="skeleton h-22" />
        ))}
      </div>
    </div>
  );
}

/** What is missing in the data or contradicts itself, what is made of it, and what to do about it. */
export function QualityView() {
  const query = useQuery(qualityQueries.summary());
  const { data, error, refetch } = query;
  if (!data) {
    return error ? (
      <ErrorView title="Couldn’t load data quality" error={error} onRetry={() => void refetch()} />
    ) : (
      <QualitySkeleton />
    );
  }
  const { as_of: asOf, stores, counts, polling_gaps: gaps, zone_rule_changes: changes } = data;
  if (stores === 0) return <NothingImported what="stores" />;
  return (
    <>
      <p className="text-muted mb-4">
        {stores === 1 ? "1 store" : `${stores.toLocaleString("en-US")} stores`}
        {counts.without_polls < stores ? (
          <>
            , as of <UtcInstant at={asOf} />
          </>
        ) : (
          ", never checked"
        )}
      </p>
      <RefreshNotice queries={[query]} />
      <Gaps gaps={gaps} asOf={asOf} />
      <RuleChanges changes={changes} />
      <ul className="grid gap-3">
        {qualityEntries.map((words) => (
          <QualityEntry key={words.list} words={words} count={counts[words.list]} />
        ))}
      </ul>
      <PollRemovals />
    </>
  );
}
