"use client";

import { Dialog } from "@/components/ui/dialog";

const keys: readonly (readonly [string, string])[] = [
  ["/", "Search"],
  ["j", "Next store"],
  ["k", "Previous store"],
  ["Enter", "Open store"],
  ["x", "Toggle selection"],
  ["?", "Show shortcuts"],
  ["Esc", "Close"],
];

export function KeyboardHelp({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title="Keyboard shortcuts" description="For the list of stores." onClose={onClose}>
      <dl className="grid grid-cols-[4.5rem_1fr] gap-y-2 p-4">
        {keys.map(([key, does]) => (
          <div key={key} className="contents">
            <dt>
              <kbd className="border-line-strong bg-sunken inline-grid h-6 min-w-6 place-items-center rounded border px-1.5 font-mono text-xs">
                {key}
              </kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
