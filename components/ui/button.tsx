import clsx from "clsx";
import type { ComponentProps } from "react";

type Look = "primary" | "secondary";

/** The look of a button, for links that act like one too. */
export function buttonClass(look: Look = "secondary"): string {
  return clsx(
    "inline-flex h-9 items-center justify-center gap-2 rounded-md border px-3 text-sm font-medium whitespace-nowrap",
    "aria-disabled:cursor-default aria-disabled:opacity-60",
    look === "primary"
      ? "bg-accent text-on-accent border-transparent hover:opacity-90"
      : "border-line bg-panel text-ink hover:bg-sunken",
  );
}

export function Button({ look, className, ...props }: ComponentProps<"button"> & { look?: Look }) {
  return <button type="button" {...props} className={clsx(buttonClass(look), className)} />;
}
