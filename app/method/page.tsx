import type { Metadata } from "next";
import type { ReactNode } from "react";
import { MethodExample } from "@/components/charts/method-example";
import { Legend } from "@/components/ui/legend";
import { zoneRulesStatus } from "@/lib/server/zones/zone-rules-status";

export const metadata: Metadata = { title: "Method" };

const titles = [
  "An example",
  "What counts",
  "The figures",
  "The words",
  "Days when the clocks change",
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
        <h1 className="text-xl font-semibold tracking-tight">How uptime is computed</h1>
        <p className="text-muted mt-2">
          About once an hour every store is checked: is it online or not? Every figure here is made from those checks,
          and only inside the store’s business hours.
        </p>

        <Part title="An example">
          <p>
            A store is open from 9:00 to 12:00. It was online when checked at 10:14 and offline when checked at 11:15.
            Each check speaks for the time that is nearest to it, so the change is put half-way between the two, at
            10:44:30. No check speaks for more than 75 minutes: the first one reaches back to 9:00, its 74 minutes being
            within that.
          </p>
          <MethodExample />
          <p>
            Up from 9:00 to 10:44:30 and down from there to 12:00: 104.5 of 180 minutes, an uptime of 58.05 %. The
            change may have come at any moment between the two checks, so uptime lies between 41.11 % and 75.00 %. The
            page says so beside the figure.
          </p>
          <Legend />
        </Part>

        <Part title="What counts">
          <p>
            <strong className="font-semibold">Opening time only.</strong> A store that is offline while closed is
            closed, not down. Business hours are read off the store’s own clock, in its own time zone, also on days when
            the clocks change. A store without hours counts as always open, one without a zone as being in Chicago; both
            are marked “assumed”.
          </p>
          <p>
            <strong className="font-semibold">No guessing across gaps.</strong> Opening time farther than 75 minutes
            from every check is “no data”: neither up nor down. Nothing is carried over a closing time. With hourly
            checks one that is missed leaves no gap; two in a row do.
          </p>
          <p>
            <strong className="font-semibold">Nobody looked.</strong> A stretch of more than two hours without a check
            of any store is marked on every drawing and named: it tells of the checking, not of the stores.
          </p>
          <p>
            <strong className="font-semibold">Two answers at once.</strong> Where two checks of one store at the same
            instant contradict each other, offline counts, whichever came first. Data quality lists them.
          </p>
          <p>
            <strong className="font-semibold">The newest check is “now”.</strong> The last hour, 24 hours and 7 days end
            at the newest check of any store, not at the moment you look. If that is long ago, a banner says so.
          </p>
        </Part>

        <Part title="The figures">
          <dl className="grid gap-x-6 gap-y-2 sm:grid-cols-[8rem_1fr]">
            <dt className="font-semibold">Uptime</dt>
            <dd>Up, divided by up and down together. Rounded down: one short outage never reads 100 %.</dd>
            <dt className="font-semibold">Checked</dt>
            <dd>The share of opening time that some check speaks for. The lower it is, the less the uptime says.</dd>
            <dt className="font-semibold">Between</dt>
            <dd>The lowest and highest uptime that the same checks allow, wherever the changes between them came.</dd>
            <dt className="font-semibold">Incident</dt>
            <dd>
              Checks in a row that found an open store offline. When it began and ended is known only to lie between two
              checks, and the page says between which.
            </dd>
            <dt className="font-semibold">Fleet</dt>
            <dd>All up time, divided by all uptime and downtime. Never an average of the stores’ percentages.</dd>
            <dt className="font-semibold">Median store</dt>
            <dd>Half of the stores of which anything is known did better, half worse.</dd>
            <dt className="font-semibold">Change</dt>
            <dd>
              Beside the window of the same length right before it. None is given where nothing is known of that window.
            </dd>
          </dl>
        </Part>

        <Part title="The words">
          <dl className="grid gap-x-6 gap-y-2 sm:grid-cols-[8rem_1fr]">
            <dt className="font-semibold">Online, Offline</dt>
            <dd>What the newest check of the present opening said, if it is no more than 75 minutes old.</dd>
            <dt className="font-semibold">Closed</dt>
            <dd>Outside business hours, whatever checks say. Never a fault.</dd>
            <dt className="font-semibold">No recent check</dt>
            <dd>Open, but no check of this opening is recent enough to tell.</dd>
            <dt className="font-semibold">Fleet-wide</dt>
            <dd>
              Said of an incident when at least 25 % of what was checked of all stores was down in the hours in which it
              began: then the cause is hardly this store’s. Below that it is the store’s own. Of fewer than 10 stores
              neither is said.
            </dd>
            <dt className="font-semibold">Opened late</dt>
            <dd>
              The incident begins with an opening. One that lasts until a closing is “closed early”, one in between “in
              mid-shift”: each points to another cause.
            </dd>
            <dt className="font-semibold">Needs attention</dt>
            <dd>Offline now, or up less than 95 % of what is known of the last 24 hours.</dd>
            <dt className="font-semibold">Old data</dt>
            <dd>No check of any store for more than 2 hours. States are then told as the past, under a banner.</dd>
          </dl>
        </Part>

        <Part title="Days when the clocks change">
          <p>
            The store’s wall clock decides. An hour that the clocks skip does not exist, one that they show twice counts
            twice; such days are named as days of 23 or 25 hours. The last hour, 24 hours and 7 days are always exactly
            so long.
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
            . Browsers and runtimes have rules of their own, often older ones; none of them are used, so figures, pages
            and files agree. Each report says which release it was computed with.
          </p>
          {warnings.map((warning) => (
            <p key={warning} className="text-down-ink">
              {warning}
            </p>
          ))}
        </Part>

        <Part title="The other method: poll count">
          <p>
            Reports can also follow the rule that this system began with. Of the last day and week it counts checks
            inside business hours: one hour of uptime for each that found the store online, one hour of downtime for
            each other. Of the last hour the first check decides for all 60 minutes. It knows neither “no data” nor how
            sure a figure is.
          </p>
        </Part>
      </article>
      <Contents />
    </div>
  );
}
