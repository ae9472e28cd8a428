/** A value that nobody gave. */
export function AssumedBadge() {
  return (
    <span className="border-line-strong text-muted rounded border border-dashed px-1.5 text-xs leading-4.5">
      assumed
    </span>
  );
}
