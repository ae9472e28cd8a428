import dynamic from "next/dynamic";
import { Field } from "@/components/ui/field";
import { fieldOf, type BulkAction, type BulkValues } from "./bulk-action";

/** Loaded when their action is chosen. */
const BulkHours = dynamic(() => import("./bulk-hours").then((module) => module.BulkHours));
const BulkAccess = dynamic(() => import("./bulk-access").then((module) => module.BulkAccess));

const fieldText = { group: "Group", brand: "Brand", tag: "Tag" } as const;

interface BulkFieldsProps {
  readonly action: BulkAction;
  readonly values: BulkValues;
  readonly onChange: (change: (values: BulkValues) => BulkValues) => void;
}

/** What an action has to be told. */
export function BulkFields({ action, values, onChange }: BulkFieldsProps) {
  const field = fieldOf(action);
  const set = (part: Partial<BulkValues>) => {
    onChange((present) => ({ ...present, ...part }));
  };
  if (action === "set_hours") {
    return (
      <BulkHours
        fields={values.hours}
        onChange={(change) => {
          onChange((present) => ({ ...present, hours: change(present.hours) }));
        }}
      />
    );
  }
  if (action === "set_access") return <BulkAccess values={values} onChange={set} />;
  if (field === null) return null;
  return (
    <Field
      id="bulk-text"
      label={fieldText[field]}
      value={values.text}
      maxLength={200}
      autoComplete="off"
      onChange={({ target }) => {
        set({ text: target.value });
      }}
    />
  );
}
