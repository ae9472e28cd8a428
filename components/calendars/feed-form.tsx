import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { ApplyFrom, type AppliesFrom } from "@/components/stores/edit/apply-from";
import { Button } from "@/components/ui/button";
import { Field, FormError, inputClass } from "@/components/ui/field";
import { calendarQueries } from "@/lib/client/calendar-queries";
import type { CalendarFeed, PutFeed } from "@/lib/contract/calendar-feeds";
import type { Calendar } from "@/lib/contract/calendars";
import { CalendarEffect } from "./calendar-effect";
import { ChoiceField } from "./choice-field";

interface FeedFormProps {
  readonly calendar: Calendar;
  /** The date of the newest data where it is earliest. */
  readonly today: string;
  readonly onSaved: (feed: CalendarFeed) => void;
}

interface Draft extends AppliesFrom {
  readonly source: "address" | "file";
  readonly url: string;
  /** The text of the chosen file; null: none. */
  readonly file: string | null;
  readonly meaning: "closed" | "open";
  readonly zone: string;
}

function feedOf({ source, url, file, meaning, zone, isFromStart, date }: Draft): PutFeed {
  const time_zone = zone.trim();
  return {
    ...(source === "address" ? { url: url.trim() } : { file: file ?? "" }),
    ...(time_zone !== "" && { time_zone }),
    meaning,
    valid_from: isFromStart ? "beginning" : date,
  };
}

function faultOf({ source, url, file, isFromStart, date }: Draft): string | null {
  if (source === "address" && url.trim() === "") return "Enter an address.";
  if (source === "file" && file === null) return "Choose a file.";
  return !isFromStart && date === "" ? "Choose a date." : null;
}

/** Chooses the iCalendar file or address that a calendar's dates come from. Its effect is shown before it is saved. */
export function FeedForm({ calendar, today, onSaved }: FeedFormProps) {
  const [draft, setDraft] = useState<Draft>({
    ...{ source: "address", url: "", file: null, meaning: "closed", zone: "", isFromStart: false, date: today },
  });
  const [fault, setFault] = useState<string | null>(null);
  const preview = useMutation(calendarQueries.preview());
  const save = useMutation({ ...calendarQueries.saveFeed(calendar.id), onSuccess: onSaved });
  const isPending = preview.isPending || save.isPending;
  const needsPreview = preview.data === undefined;
  const change = (part: Partial<Draft>) => {
    preview.reset();
    save.reset();
    setFault(null);
    setDraft((present) => ({ ...present, ...part }));
  };
  const submit = () => {
    if (isPending) return;
    const found = faultOf(draft);
    setFault(found);
    if (found !== null) return;
    const { valid_from, ...feed } = feedOf(draft);
    if (needsPreview) {
      const { id, name, entries, given_to } = calendar;
      preview.mutate({ name, entries, given_to, valid_from, calendar_id: id, feed });
    } else save.mutate(feedOf(draft));
  };
  const error = save.error ?? preview.error;
  return (
    <form
      method="post"
      noValidate
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <ChoiceField
        label="Read dates from"
        value={draft.source}
        onChange={(value) => {
          change({ source: value === "file" ? "file" : "address" });
        }}
      >
        <option value="address">An address, every hour</option>
        <option value="file">A file, once</option>
      </ChoiceField>
      {draft.source === "address" ? (
        <Field
          id="feed-url"
          label="Address"
          type="url"
          inputMode="url"
          autoComplete="off"
          placeholder="https://example.com/holidays.ics"
          maxLength={2_000}
          value={draft.url}
          onChange={({ target }) => {
            change({ url: target.value });
          }}
        />
      ) : (
        <div>
          <label htmlFor="feed-file" className="mb-1 block font-medium">
            File
          </label>
          <input
            id="feed-file"
            type="file"
            accept=".ics,text/calendar"
            className={`${inputClass} h-auto! py-1.5`}
            onChange={({ target }) => {
              const chosen = target.files?.[0];
              if (chosen === undefined) change({ file: null });
              else
                void chosen.text().then((file) => {
                  change({ file });
                });
            }}
          />
        </div>
      )}
      <ChoiceField
        label="Events with times mean"
        value={draft.meaning}
        onChange={(value) => {
          change({ meaning: value === "open" ? "open" : "closed" });
        }}
      >
        <option value="closed">Closed at that time</option>
        <option value="open">Open at that time only</option>
      </ChoiceField>
      <Field
        id="feed-zone"
        label="Time zone of the events"
        autoComplete="off"
        spellCheck={false}
        maxLength={100}
        hint="A tz database name. Empty: the zone that the calendar names. Events without times close the whole day."
        value={draft.zone}
        onChange={({ target }) => {
          change({ zone: target.value });
        }}
      />
      <ApplyFrom
        legend="Apply these dates"
        effect={
          draft.isFromStart
            ? "Applies to all dates. Past figures are recalculated."
            : "Figures of earlier days do not change."
        }
        dateId="feed-first-date"
        isFromStart={draft.isFromStart}
        date={draft.date}
        isDateMissing={false}
        onChange={change}
      />
      <div role="status">{preview.data !== undefined && <CalendarEffect preview={preview.data} />}</div>
      {fault !== null && <FormError>{fault}</FormError>}
      {error && <FormError>{error.message}</FormError>}
      <Button type="submit" look="primary" aria-disabled={isPending} className="justify-self-start">
        {needsPreview ? "Show effect of the feed" : save.isPending ? "Saving…" : "Save feed"}
      </Button>
    </form>
  );
}
