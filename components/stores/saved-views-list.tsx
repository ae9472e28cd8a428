"use client";

import { X } from "lucide-react";
import Link from "next/link";
import { useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { FormError, inputClass } from "@/components/ui/field";
import { fleetHref, type FleetParams } from "@/lib/client/page-params";
import { addView, loadViews, maxViews, obstacleTo, storeViews, type SavedView } from "@/lib/client/saved-views";

interface SavedViewsListProps {
  readonly params: FleetParams;
  /** A view was chosen. */
  readonly onLeave: () => void;
}

/** The views by name, and a field to save the present one. */
export function SavedViewsList({ params, onLeave }: SavedViewsListProps) {
  // Another tab may have changed them since the list was open.
  const [views, setViews] = useState<readonly SavedView[]>(() => loadViews());
  const [name, setName] = useState("");
  const [obstacle, setObstacle] = useState<ReturnType<typeof obstacleTo>>(null);
  const field = useRef<HTMLInputElement>(null);
  const keep = (changed: readonly SavedView[]) => {
    storeViews(changed);
    setViews(changed);
  };
  const save = () => {
    const found = obstacleTo(views, name);
    // Saving a second time replaces the view of the same name.
    if (name.trim() !== "" && found !== null && !(found === "exists" && obstacle === "exists")) {
      setObstacle(found);
      return;
    }
    setObstacle(null);
    keep(addView(views, { name, href: fleetHref({ ...params, page: 1, trail: [] }) }));
    setName("");
  };
  return (
    <div className="border-line-strong bg-panel absolute right-0 z-20 mt-1 w-72 max-w-[calc(100vw-2rem)] rounded-md border p-3 shadow-lg max-sm:left-0">
      {views.length === 0 ? (
        <p className="text-muted mb-3">None yet. Save this list’s filters, order and columns under a name.</p>
      ) : (
        <ul aria-label="Saved views" className="mb-3 grid gap-0.5">
          {views.map((view) => (
            <li key={view.name} className="flex items-center gap-1">
              <Link
                href={view.href}
                prefetch={false}
                onClick={onLeave}
                className="hover:bg-sunken min-w-0 flex-1 truncate rounded px-1.5 py-1.5"
              >
                {view.name}
              </Link>
              <button
                type="button"
                aria-label={`Delete view ${view.name}`}
                className="text-muted hover:text-ink grid size-8 shrink-0 place-items-center"
                onClick={() => {
                  // The button that has the focus goes with its view.
                  field.current?.focus();
                  setObstacle(null);
                  keep(views.filter((one) => one !== view));
                }}
              >
                <X aria-hidden className="size-4" />
              </button>
            </li>
          ))}
        </ul>
      )}
      <form
        className="flex gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <input
          ref={field}
          aria-label="View name"
          aria-describedby="view-obstacle"
          value={name}
          maxLength={60}
          placeholder="Name"
          autoComplete="off"
          className={inputClass}
          onChange={({ target }) => {
            setName(target.value);
            setObstacle(null);
          }}
        />
        <Button type="submit" aria-disabled={name.trim() === ""}>
          {obstacle === "exists" ? "Replace" : "Save"}
        </Button>
      </form>
      <div id="view-obstacle" className="mt-2 empty:hidden">
        {obstacle === "exists" && <FormError>A view has this name. Replace it, or choose another name.</FormError>}
        {obstacle === "full" && (
          <FormError>{`You have saved ${String(maxViews)} views, the most there can be. Delete one first.`}</FormError>
        )}
      </div>
    </div>
  );
}
