"use client";

import { Download } from "lucide-react";
import { useRouter } from "next/navigation";
import { useId, useState } from "react";
import { Button, buttonClass } from "@/components/ui/button";
import { SegmentedLinks } from "@/components/ui/segmented-links";
import { longestDates, namedPeriods, parseDates, type PeriodDates } from "@/lib/client/store-period";
import { storeHref, type StoreParams } from "@/lib/client/store-params";
import { uptimeCsvHref } from "@/lib/client/store-queries";
import { localDate, type ZoneOffsets } from "@/lib/format/zoned-time";
import { periodLabel } from "./period-text";

interface PeriodPickerProps {
  readonly storeId: string;
  readonly params: StoreParams;
  /** Up to when there is data. */
  readonly asOf: string;
  /** The store's clock, whose dates can be chosen. */
  readonly clock: ZoneOffsets;
}

const field = "border-line bg-panel text-ink h-9 rounded-md border px-2";

interface DatesFormProps {
  readonly initial: PeriodDates;
  readonly last: string;
  readonly onChoose: (dates: PeriodDates) => void;
}

/** Any dates, as long as the API answers them. */
function DatesForm({ initial, last, onChoose }: DatesFormProps) {
  const id = useId();
  const [dates, setDates] = useState(initial);
  const [isWrong, setIsWrong] = useState(false);
  return (
    <form
      aria-label="Dates"
      className="flex flex-wrap items-center gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        const chosen = parseDates(dates.from, dates.to);
        setIsWrong(chosen === null);
        if (chosen !== null) onChoose(chosen);
      }}
    >
      {(["from", "to"] as const).map((name) => (
        <label key={name} className="flex items-center gap-1.5">
          <span className="text-muted">{name === "from" ? "From" : "to"}</span>
          <input
            type="date"
            name={name}
            required
            min="2000-01-01"
            max={last}
            value={dates[name]}
            aria-describedby={isWrong ? id : undefined}
            className={field}
            onChange={(event) => {
              setDates({ ...dates, [name]: event.target.value });
            }}
          />
        </label>
      ))}
      <Button type="submit">Show</Button>
      {isWrong && (
        <p id={id} role="alert" className="text-down-ink w-full">
          Start date must be on or before the end date. Up to {longestDates} days.
        </p>
      )}
    </form>
  );
}

/** Chooses the period of the figures, the chart, the incidents and the CSV below it. */
export function PeriodPicker({ storeId, params, asOf, clock }: PeriodPickerProps) {
  const router = useRouter();
  const { period } = params;
  const chosen = typeof period === "string" ? null : period;
  const [isOpen, setIsOpen] = useState(chosen !== null);
  const last = localDate(new Date(Date.parse(asOf) - 1).toISOString(), clock);
  const formId = useId();
  return (
    <div data-noprint className="mt-5 space-y-2">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <div className="flex flex-wrap items-center gap-2">
          <SegmentedLinks
            label="Period"
            choices={namedPeriods.map((name) => ({
              href: storeHref(storeId, { ...params, period: name }),
              label: periodLabel[name],
              chosen: name === period,
            }))}
          />
          <Button
            aria-expanded={isOpen}
            aria-controls={formId}
            onClick={() => {
              setIsOpen(!isOpen);
            }}
          >
            Choose dates
          </Button>
        </div>
        <a href={uptimeCsvHref(storeId, period)} download className={buttonClass()}>
          <Download aria-hidden className="size-4" />
          Download CSV<span className="sr-only"> of the period</span>
        </a>
      </div>
      <div id={formId} hidden={!isOpen}>
        <DatesForm
          key={chosen === null ? "" : `${chosen.from} ${chosen.to}`}
          initial={chosen ?? { from: `${last.slice(0, 8)}01`, to: last }}
          last={last}
          onChoose={(dates) => {
            router.push(storeHref(storeId, { ...params, period: dates }), { scroll: false });
          }}
        />
      </div>
    </div>
  );
}
