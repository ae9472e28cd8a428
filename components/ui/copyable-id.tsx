import { CopyButton } from "./copy-button";

/** A long id on one line, cut off where there is no room, with a way to copy all of it. @param of "store ID" */
export function CopyableId({ id, of }: { id: string; of: string }) {
  return (
    <span className="inline-flex max-w-full min-w-0 items-center gap-0.5">
      <span title={id} className="truncate font-mono text-xs leading-5">
        {id}
      </span>
      <CopyButton isIcon label={`Copy ${of}`} text={() => id} />
    </span>
  );
}
