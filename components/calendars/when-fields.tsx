import { Field } from "@/components/ui/field";
import { weekdayNames } from "@/components/stores/hours-text";
import { ChoiceField } from "./choice-field";
import { daysIn, type EntryFieldsProps } from "./entry-draft";
import { monthNames, weekText } from "./entry-text";
import { HolidayFields } from "./holiday-fields";

const dateRange = { min: "2000-01-01", max: "2099-12-31" };

function DateFields({ entry: { key, kind, from, to }, onChange }: EntryFieldsProps) {
  return (
    <>
      <Field
        id={`entry-${String(key)}-from`}
        label={kind === "range" ? "First date" : "Date"}
        type="date"
        {...dateRange}
        value={from}
        onChange={({ target }) => {
          onChange({ from: target.value });
        }}
      />
      {kind === "range" && (
        <Field
          id={`entry-${String(key)}-to`}
          label="Last date"
          type="date"
          {...dateRange}
          value={to}
          onChange={({ target }) => {
            onChange({ to: target.value });
          }}
        />
      )}
    </>
  );
}

function MonthField({ entry: { month, day }, onChange }: EntryFieldsProps) {
  return (
    <ChoiceField
      label="Month"
      value={String(month)}
      onChange={(value) => {
        const chosen = Number(value);
        onChange({ month: chosen, day: Math.min(day, daysIn(chosen)) });
      }}
    >
      {monthNames.map((name, index) => (
        <option key={name} value={index + 1}>
          {name}
        </option>
      ))}
    </ChoiceField>
  );
}

function WeekdayFields({ entry: { week, weekday, plusDays }, onChange }: EntryFieldsProps) {
  return (
    <>
      <ChoiceField
        label="Occurrence in the month"
        value={String(week)}
        onChange={(value) => {
          onChange({ week: Number(value) });
        }}
      >
        {["1", "2", "3", "4", "5", "-1"].map((value) => (
          <option key={value} value={value}>
            {weekText[value]}
          </option>
        ))}
      </ChoiceField>
      <ChoiceField
        label="Weekday"
        value={String(weekday)}
        onChange={(value) => {
          onChange({ weekday: Number(value) });
        }}
      >
        {weekdayNames.map((name, index) => (
          <option key={name} value={index}>
            {name}
          </option>
        ))}
      </ChoiceField>
      <ChoiceField
        label="Days after"
        value={String(plusDays)}
        onChange={(value) => {
          onChange({ plusDays: Number(value) });
        }}
      >
        <option value="0">On that day</option>
        <option value="1">The day after</option>
        {[2, 3, 4, 5, 6].map((days) => (
          <option key={days} value={days}>
            {days} days after
          </option>
        ))}
      </ChoiceField>
    </>
  );
}

/** Which dates an entry is about, by its kind. */
export function WhenFields(props: EntryFieldsProps) {
  const { entry, onChange } = props;
  switch (entry.kind) {
    case "date":
    case "range":
      return <DateFields {...props} />;
    case "yearly":
      return (
        <>
          <MonthField {...props} />
          <ChoiceField
            label="Day"
            value={String(entry.day)}
            onChange={(value) => {
              onChange({ day: Number(value) });
            }}
          >
            {Array.from({ length: daysIn(entry.month) }, (_, index) => (
              <option key={index} value={index + 1}>
                {index + 1}
              </option>
            ))}
          </ChoiceField>
        </>
      );
    case "weekday":
      return (
        <>
          <MonthField {...props} />
          <WeekdayFields {...props} />
        </>
      );
    case "holidays":
      return <HolidayFields {...props} />;
  }
}
