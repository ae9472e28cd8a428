import { StoreField } from "./store-field";

interface LimitStoresProps {
  /** Unique in the page. */
  readonly id: string;
  readonly label: string;
  /** While it is empty. */
  readonly placeholder: string;
  /** Ids of stores, as they were typed; empty: no limit. */
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** The stores that a key or a webhook is limited to, by name or id. */
export function LimitStores({ id, label, placeholder, value, onChange }: LimitStoresProps) {
  return (
    <div>
      <label htmlFor={id} className="mb-1 block font-medium">
        {label}
      </label>
      <StoreField
        several
        id={id}
        value={value}
        onChange={onChange}
        placeholder={placeholder}
        aria-describedby={`${id}-hint`}
      />
      <p id={`${id}-hint`} className="text-muted mt-1 text-xs">
        Type a name and choose the store, or paste IDs separated by spaces, commas or lines.
      </p>
    </div>
  );
}
