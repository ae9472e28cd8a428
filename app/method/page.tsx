import type { Metadata } from "next";
import type { ReactNode } from "react";
import { MethodExample } from "@/components/charts/method-example";
import { Legend } from "@/components/ui/legend";

export const metadata: Metadata = { title: "Method" };

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="mt-8">
      <h2 className="mb-2 text-base font-semibold">{title}</h2>
      <div className="space-y-3 text-pretty">{children}</div>
    </section>
  );
}

export default function MethodPage() {
  return (
    <article className="max-w-2xl text-[0.9375rem] leading-6">
      <h1 className="text-xl font-semibold tracking-tight">How uptime is computed</h1>
      <p className="text-muted mt-2">
        About once an hour every store is checked: is it online or not? Every figure here is made from those checks, and
        only inside the store’s business hours.
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
          Up from 9:00 to 10:44:30 and down from there to 12:00: 104.5 of 180 minutes, an uptime of 58.05 %. The change
          may have come at any moment between the two checks, so uptime lies between 41.11 % and 75.00 %. The page says
          so beside the figure.
        </p>
        <Legend />
      </Part>

      <Part title="What counts">
        <p>
          <strong className="font-semibold">Opening time only.</strong> A store that is offline while closed is closed,
          not down. Business hours are read off the store’s own clock, in its own time zone, also on days when the
          clocks change. A store without hours counts as always open, one without a zone as being in Chicago; both are
          marked “assumed”.
        </p>
        <p>
          <strong className="font-semibold">No guessing across gaps.</strong> Opening time farther than 75 minutes from
          every check is “no data”: neither up nor down. Nothing is carried over a closing time. With hourly checks one
          that is missed leaves no gap; two in a row do.
        </p>
        <p>
          <strong className="font-semibold">Nobody looked.</strong> A stretch of more than two hours without a check of
          any store is marked on every drawing and named: it tells of the checking, not of the stores. Where two checks
          of one store at one instant contradict each other, offline counts.
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
          <dd>All up time, divided by all up and down time. Never an average of the stores’ percentages.</dd>
        </dl>
      </Part>

      <Part title="The other method: poll count">
        <p>
          Reports can also follow the rule that this system began with. Of the last day and week it counts checks inside
          business hours: one hour of uptime for each that found the store online, one hour of down time for each other.
          Of the last hour the first check decides for all 60 minutes. It knows neither “no data” nor how sure a figure
          is.
        </p>
      </Part>
    </article>
  );
}
