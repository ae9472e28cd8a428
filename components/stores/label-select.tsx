import type { FleetLabels } from "@/lib/contract/fleet";

export const selectClass = "border-line-strong bg-panel h-9 max-w-full min-w-0 rounded-md border px-2 text-sm";

const words = {
  brand: { label: "Brand", all: "All brands" },
  group: { label: "Group", all: "All groups" },
  tag: { label: "Tag", all: "All tags" },
  time_zone: { label: "Time zone", all: "All time zones" },
} as const;

interface LabelSelectProps {
  readonly name: keyof typeof words;
  readonly labels: FleetLabels["brands"];
  readonly value: string | null;
  readonly onChange: (value: string | null) => void;
}

/** Hidden when no store has such a label. A label of the address is shown even if no store has it any more. */
export function LabelSelect({ name, labels, value, onChange }: LabelSelectProps) {
  if (labels.length === 0 && value === null) return null;
  const isGone = value !== null && !labels.some(({ label }) => label === value);
  return (
    <select
      aria-label={words[name].label}
      name={name}
      value={value ?? ""}
      onChange={(event) => {
        onChange(event.target.value || null);
      }}
      className={`${selectClass} max-sm:flex-1 max-sm:basis-2/5`}
    >
      <option value="">{words[name].all}</option>
      {isGone && <option value={value}>{value}</option>}
      {labels.map(({ label, stores }) => (
        <option key={label} value={label}>
          {label} ({stores.toLocaleString("en-US")})
        </option>
      ))}
    </select>
  );
}
