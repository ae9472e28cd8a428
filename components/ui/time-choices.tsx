"use client";

import { useRouter } from "next/navigation";
import { useId, type ReactNode } from "react";
import { choiceCookies, dateLanguages, remember, type TimeChoices as Choices } from "@/lib/client/reader-choices";

interface ChoiceProps {
  readonly label: string;
  readonly cookie: string;
  readonly value: string;
  readonly children: ReactNode;
}

function Choice({ label, cookie, value, children }: ChoiceProps) {
  const id = useId();
  const router = useRouter();
  return (
    <span className="inline-flex items-center gap-1.5">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        defaultValue={value}
        className="border-line bg-panel text-ink min-h-7 rounded-md border px-1.5 py-1"
        onChange={(event) => {
          remember(cookie, event.target.value);
          router.refresh();
        }}
      >
        {children}
      </select>
    </span>
  );
}

/** On which clock, and in which language, the reader wants times and dates; what the browser says unless chosen. */
export function TimeChoices({ clock, dates }: Choices) {
  return (
    <div data-noprint className="flex flex-wrap gap-x-4 gap-y-2">
      <Choice label="Clock" cookie={choiceCookies.clock} value={clock}>
        <option value="">Automatic</option>
        <option value="12">12-hour</option>
        <option value="24">24-hour</option>
      </Choice>
      <Choice label="Dates" cookie={choiceCookies.dates} value={dates}>
        <option value="">Automatic</option>
        {dateLanguages.map(([tag, name]) => (
          <option key={tag} value={tag} lang={tag}>
            {name}
          </option>
        ))}
      </Choice>
    </div>
  );
}
