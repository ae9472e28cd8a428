import type { ComponentProps, ReactNode } from "react";

/** The look of a field that text is typed or chosen in. */
export const inputClass = "border-line-strong bg-panel h-9 w-full min-w-0 rounded-md border px-2.5 text-sm";

interface FieldProps extends Omit<ComponentProps<"input">, "id"> {
  /** Unique in the page. */
  readonly id: string;
  readonly label: string;
  /** What helps to fill it in right the first time. */
  readonly hint?: ReactNode;
  /** What is wrong with its value. */
  readonly fault?: string | null;
}

/** A labelled field for one line of text, in the width of its form. */
export function Field({ id, label, hint, fault = null, className, ...input }: FieldProps) {
  const described = [hint !== undefined && `${id}-hint`, fault !== null && `${id}-fault`].filter(
    (one) => one !== false,
  );
  return (
    <div className={className}>
      <label htmlFor={id} className="mb-1 block font-medium">
        {label}
      </label>
      <input
        {...input}
        id={id}
        name={input.name ?? id}
        aria-invalid={fault !== null || undefined}
        aria-describedby={described.length === 0 ? undefined : described.join(" ")}
        className={inputClass}
      />
      {hint !== undefined && (
        <p id={`${id}-hint`} className="text-muted mt-1 text-xs text-pretty">
          {hint}
        </p>
      )}
      {fault !== null && <FormError id={`${id}-fault`}>{fault}</FormError>}
    </div>
  );
}

/** What went wrong with a form, read out when it appears. */
export function FormError({ id, children }: { id?: string; children: ReactNode }) {
  return (
    <p id={id} role="alert" className="text-down-ink text-pretty">
      {children}
    </p>
  );
}
