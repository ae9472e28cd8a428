import { useId, type ReactNode } from "react";
import { inputClass } from "@/components/ui/field";

interface ChoiceFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly children: ReactNode;
}

/** A labelled list of choices, in the width of its form. */
export function ChoiceField({ label, value, onChange, children }: ChoiceFieldProps) {
  const id = useId();
  return (
    <div className="min-w-0">
      <label htmlFor={id} className="mb-1 block font-medium">
        {label}
      </label>
      <select
        id={id}
        value={value}
        className={inputClass}
        onChange={({ target }) => {
          onChange(target.value);
        }}
      >
        {children}
      </select>
    </div>
  );
}
