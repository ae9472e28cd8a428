import { ShownOnce } from "@/components/ui/shown-once";
import type { Key } from "@/lib/contract/access";

/** A key that has just been created, with its secret. */
export function NewKey({ value: { name, key } }: { value: Key }) {
  if (key === undefined) return null;
  return (
    <ShownOnce
      label={`New key ${name}`}
      title={`Copy key ${name} now, it won’t be shown again`}
      secret={key}
      copyLabel="Copy key"
    >
      Send it as the header <code className="font-mono text-xs">Authorization: Bearer …</code>, never in a URL, where
      logs would keep it.
    </ShownOnce>
  );
}
