import { useQuery } from "@tanstack/react-query";
import { FormError } from "@/components/ui/field";
import { calendarQueries } from "@/lib/client/calendar-queries";
import { holidayTypes } from "@/lib/contract/enums";
import { ChoiceField } from "./choice-field";
import type { EntryFieldsProps } from "./entry-draft";

const typeText: Record<(typeof holidayTypes)[number], string> = {
  public: "Public",
  bank: "Bank",
  school: "School",
  optional: "Optional",
  observance: "Observance",
};

interface PlaceFieldProps {
  readonly label: string;
  /** What an empty choice means. */
  readonly none: string;
  readonly value: string;
  readonly places: readonly { readonly code: string; readonly name: string }[];
  readonly onChange: (code: string) => void;
}

function PlaceField({ label, none, value, places, onChange }: PlaceFieldProps) {
  return (
    <ChoiceField label={label} value={value} onChange={onChange}>
      <option value="">{none}</option>
      {value !== "" && !places.some(({ code }) => code === value) && <option value={value}>{value}</option>}
      {places.map(({ code, name }) => (
        <option key={code} value={code}>
          {name}
        </option>
      ))}
    </ChoiceField>
  );
}

/** Whose public holidays, and which of them. */
export function HolidayFields({ entry, onChange }: EntryFieldsProps) {
  const { country, state, region, types, observed } = entry;
  const places = useQuery(calendarQueries.places());
  const countries = places.data?.countries ?? [];
  const states = countries.find(({ code }) => code === country)?.states ?? [];
  const regions = states.find(({ code }) => code === state)?.regions ?? [];
  return (
    <>
      <PlaceField
        label="Country"
        none={places.isPending ? "Loading countries…" : "Choose a country"}
        value={country}
        places={countries}
        onChange={(code) => {
          onChange({ country: code, state: "", region: "" });
        }}
      />
      {(states.length > 0 || state !== "") && (
        <PlaceField
          label="State or province"
          none="Whole country"
          value={state}
          places={states}
          onChange={(code) => {
            onChange({ state: code, region: "" });
          }}
        />
      )}
      {(regions.length > 0 || region !== "") && (
        <PlaceField
          label="Region"
          none="Whole state"
          value={region}
          places={regions}
          onChange={(code) => {
            onChange({ region: code });
          }}
        />
      )}
      {places.error && <FormError>{places.error.message}</FormError>}
      <fieldset className="sm:col-span-full">
        <legend className="mb-1 font-medium">Kinds of holidays</legend>
        <div className="flex flex-wrap gap-x-5 gap-y-1">
          {holidayTypes.map((type) => (
            <label key={type} className="flex min-h-8 items-center gap-2">
              <input
                type="checkbox"
                checked={types.includes(type)}
                onChange={({ target }) => {
                  onChange({
                    types: holidayTypes.filter((one) => (one === type ? target.checked : types.includes(one))),
                  });
                }}
              />
              {typeText[type]}
            </label>
          ))}
        </div>
      </fieldset>
      <label className="flex items-start gap-2 sm:col-span-full">
        <input
          type="checkbox"
          checked={observed}
          className="mt-1"
          onChange={({ target }) => {
            onChange({ observed: target.checked });
          }}
        />
        <span>
          Also on the next weekday when a holiday is on a weekend
          <span className="text-muted block text-xs text-pretty">
            Only where the list of holidays has no observed days of its own, as for Canada.
          </span>
        </span>
      </label>
    </>
  );
}
