import { useQuery } from "@tanstack/react-query";
import { Field } from "@/components/ui/field";
import { storeEditQueries } from "@/lib/client/store-edit-queries";

/** The time zone of a store, with every name that it may have. */
export function ZoneField({ zone, onChange }: { zone: string; onChange: (zone: string) => void }) {
  const { data } = useQuery(storeEditQueries.zones());
  return (
    <>
      <Field
        id="time-zone"
        label="Time zone"
        list="time-zone-names"
        autoComplete="off"
        spellCheck={false}
        placeholder="America/Chicago (assumed)"
        hint="Hours are in this time zone. Use a tz database name, such as America/New_York."
        value={zone}
        onChange={(event) => {
          onChange(event.target.value);
        }}
        className="max-w-sm"
      />
      <datalist id="time-zone-names">
        {data?.names.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
    </>
  );
}
