/** Marks a default that is used because no value was given. */
export function AssumedBadge() {
  return (
    <span className="border-line-strong text-muted rounded border border-dashed px-1.5 text-xs leading-4.5">
      assumed
    </span>
  );
}
