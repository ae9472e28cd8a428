"use client";

import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import { useState, type ReactNode } from "react";

interface DialogProps {
  readonly title: string;
  /** One line below the title. */
  readonly description: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A dialog over the page, open while it is mounted. Escape, a click beside it and its button close it. */
export function Dialog({ title, description, onClose, children }: DialogProps) {
  const [opener] = useState(() => document.activeElement);
  return (
    <Radix.Root
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-20 bg-shade" />
        <Radix.Content
          // Radix sees the key before a field in the dialog does: a list that is open in one closes first.
          onEscapeKeyDown={(event) => {
            if (event.target instanceof HTMLElement && "closesOnEscape" in event.target.dataset) event.preventDefault();
          }}
          // Without a trigger of its own Radix would leave the focus nowhere.
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            if (opener instanceof HTMLElement) opener.focus();
          }}
          className="border-line bg-panel rounded-panel fixed top-1/2 left-1/2 z-20 flex max-h-[min(44rem,92dvh)] w-[min(40rem,calc(100vw-1.5rem))] -translate-x-1/2 -translate-y-1/2 flex-col border shadow-lg"
        >
          <div className="border-line flex items-start justify-between gap-3 border-b px-4 py-3">
            <div className="min-w-0">
              <Radix.Title className="text-base font-semibold">{title}</Radix.Title>
              <Radix.Description className="text-muted text-pretty">{description}</Radix.Description>
            </div>
            <Radix.Close
              aria-label="Close"
              className="text-muted hover:bg-sunken hover:text-ink grid size-9 shrink-0 place-items-center rounded-md"
            >
              <X aria-hidden className="size-4" />
            </Radix.Close>
          </div>
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
