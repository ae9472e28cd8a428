import type { Metadata } from "next";
import type { ReactNode } from "react";
import { MethodExample } from "@/components/charts/method-example";
import { Legend } from "@/components/ui/legend";
import { zoneRulesStatus } from "@/lib/server/zones/zone-rules-status";

export const metadata: Metadata = { title: "How it works" };

const titles = [
  "An example",
  "What counts",
  "The figures",
  "Terms",
  "Daylight saving time",
  "Time zone rules",
  "The other method: poll count",
] as const;
type Title = (typeof titles)[number];

/** "the-figures" */
function anchorOf(title: Title): string {
  return title.toLowerCase().replaceAll(/[^a-z]+/g, "-");
}

function Part({ title, children }: { title: Title; children: ReactNode }) {
  return (
    <section className="mt-8" aria-labelledby={anchorOf(title)}>
      <h2 id={anchorOf(title)} className="mb-2 scroll-mt-4 text-base font-semibold">
        {title}
      </h2>
      <div className="space-y-3 text-pretty">{children}</div>
    </section>
  );
}

/** Leads to the parts of the page, where there is room beside them. */
function Contents() {
  return (
    <nav aria-labelledby="contents" className="sticky top-6 self-start max-lg:hidden">
      <h2 id="contents" className="text-muted mb-1 text-xs font-medium">
        On this page
      </h2>
      <ul>
        {titles.map((title) => (
          <li key={title}>
            <a href={`#${anchorOf(title)}`} className="text-muted hover:text-ink block py-1 hover:underline">
              {title}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

export default function MethodPage() {
  const { release, releasedOn, source, warnings } = zoneRulesStatus(Date.now());
  return (
    <div className="grid gap-12 lg:grid-cols-[minmax(0,42rem)_14rem] lg:justify-between">
      <article className="text-[0.9375rem] leading-6">
        <h1 className="text-xl font-semibold tracking-tight">How it works</h1>
        <p className="text-muted mt-2">
          Every store is checked about once an hour: is it online or not? All figures are computed from these checks,
          and only for the store’s business hours.
        </p>

        <Part title="An example">
          <p>
            A store is open from 9:00 to 12:00. It was online when checked at 10:14 and offline when checked at 11:15.
            Each moment counts as what the nearest check found, so the change is placed at the midpoint, 10:44:30. A
            check counts for at most 75 minutes before and after it; the first one is 74 minutes after opening, so it
            covers the time from 9:00.
          </p>
          <MethodExample />
          <p>
            Up from 9:00 to 10:44:30, down from then to 12:00: 104.5 of 180 minutes, 58% uptime. The real change may
            have happened at any moment between the two checks, so the possible range is 41 to 75%. Every figure shows
            its range.
          </p>
          <Legend />
        </Part>

        <Part title="What counts">
          <p>
            <strong className="font-semibold">Business hours only.</strong> A store that is offline while closed is
            closed, not down. Business hours follow the store’s own time zone. A store without hours is treated as open
            24/7, one without a time zone as in Chicago; both are marked “assumed”.
          </p>
          <p>
            <strong className="font-semibold">No guessing across gaps.</strong> Opening time more than 75 minutes from
            every check is “no data”: neither up nor down. Nothing carries over closing time. With hourly checks, one
            missed check leaves no gap; two in a row do.
          </p>
          <p>
            <strong className="font-semibold">Monitoring gaps.</strong> More than two hours without a check of any store
            is marked in every chart. It says something about the monitoring, not about the stores.
          </p>
          <p>
            <strong className="font-semibold">Conflicting checks.</strong> When two checks of a store at the same time
            disagree, offline counts. Data quality lists them.
          </p>
          <p>
            <strong className="font-semibold">“Now” is the latest check.</strong> The last hour, 24 hours and 7 days end
            at the latest check of any store, not when you open the page. If that is long ago, a banner says so.
          </p>
        </Part>

        <Part title="The figures">
          <dl className="grid gap-x-6 gap-y-2 sm:grid-cols-[8rem_1fr]">
            <dt className="font-semibold">Uptime</dt>
            <dd>
              Up time divided by up time plus downtime, rounded down: 100% means no downtime at all. No decimals where
              the possible range is wider than ten points; one or two checks make no percentage.
            </dd>
            <dt className="font-semibold">Coverage</dt>
            <dd>The share of opening time that was monitored. The lower it is, the less the uptime says.</dd>
            <dt className="font-semibold">Possible range</dt>
            <dd>
              The lowest and highest uptime that the same checks allow: each change happened somewhere between two
              checks.
            </dd>
            <dt className="font-semibold">Incident</dt>
            <dd>
              Consecutive checks that found an open store offline. Its start and end lie between two checks; the page
              shows which.
            </dd>
            <dt className="font-semibold">Fleet uptime</dt>
            <dd>All up time divided by all up time plus downtime, never an average of the stores’ percentages.</dd>
            <dt className="font-semibold">Median store</dt>
            <dd>Half of the stores with data did better, half did worse.</dd>
            <dt className="font-semibold">Change</dt>
            <dd>Compared with the previous period of the same length, where it has data.</dd>
          </dl>
        </Part>

        <Part title="Terms">
          <dl className="grid gap-x-6 gap-y-2 sm:grid-cols-[8rem_1fr]">
            <dt className="font-semibold">Check</dt>
            <dd>One observation of a store, online or offline. The API calls it a poll.</dd>
            <dt className="font-semibold">Online, Offline</dt>
            <dd>What the latest check since opening found, if it is at most 75 minutes old.</dd>
            <dt className="font-semibold">Closed</dt>
            <dd>Outside business hours. Checks there do not count.</dd>
            <dt className="font-semibold">No recent check</dt>
            <dd>Open, but not checked recently enough to tell.</dd>
            <dt className="font-semibold">Fleet-wide</dt>
            <dd>
              At least 25% of what was monitored across all stores was down when the incident started, so the cause is
              probably not this store. Otherwise it is isolated to this store. Not shown for fewer than 10 stores.
            </dd>
            <dt className="font-semibold">Opened late</dt>
            <dd>
              The incident starts at opening. “Closed early” ends at closing, “mid-shift” is in between. Each points to
              a different cause.
            </dd>
            <dt className="font-semibold">Needs attention</dt>
            <dd>Offline now, or under 95% uptime in the last 24 h.</dd>
            <dt className="font-semibold">Old data</dt>
            <dd>No check of any store for more than 2 hours. A banner says so, and states are in the past tense.</dd>
          </dl>
        </Part>

        <Part title="Daylight saving time">
          <p>
            The store’s local time decides. An hour that the clocks skip doesn’t exist; an hour they repeat counts
            twice. Days of 23 or 25 hours are labelled. The last hour, 24 hours and 7 days are always exactly that long.
          </p>
        </Part>

        <Part title="Time zone rules">
          <p>
            Local times follow release {release} of the tz database, dated {releasedOn}{" "}
            {source === "shipped"
              ? "and shipped with this product"
              : source === "system"
                ? "and taken from the operating system"
                : "and chosen by the operator of this server"}
            . Browser and system rules are never used, so figures, pages and files agree. Each report names the release
            it was computed with.
          </p>
          {warnings.map((warning) => (
            <p key={warning} className="text-down-ink">
              {warning}
            </p>
          ))}
        </Part>

        <Part title="The other method: poll count">
          <p>
            Reports can also use the original rule. For the last day and week it counts checks inside business hours:
            one hour of uptime for each check that found the store online, one hour of downtime for each other check.
            For the last hour, the first check decides all 60 minutes. It has no “no data” and no possible range.
          </p>
          <p>
            The two original endpoints, <code className="font-mono text-sm">trigger_report</code> and{" "}
            <code className="font-mono text-sm">get_report</code>, use it by default. A period counts only if the
            store’s hours on one of its dates contain the present time of day; otherwise both figures are 0, so a store
            that is closed now has nothing to report for the last hour. Add{" "}
            <code className="font-mono text-sm">?method=interpolated</code> for the figures of the pages.
          </p>
        </Part>
      </article>
      <Contents />
    </div>
  );
}
