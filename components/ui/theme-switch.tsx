"use client";

import { Monitor, Moon, Sun, type LucideIcon } from "lucide-react";
import { useState } from "react";
import { remember } from "@/lib/client/reader-choices";
import { themeCookie, type Theme } from "./theme";

const choices: Record<Theme, { label: string; icon: LucideIcon; next: Theme }> = {
  system: { label: "system", icon: Monitor, next: "light" },
  light: { label: "light", icon: Sun, next: "dark" },
  dark: { label: "dark", icon: Moon, next: "system" },
};

function apply(theme: Theme): void {
  if (theme === "system") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = theme;
  remember(themeCookie, theme);
}

/** Goes round system, light and dark. */
export function ThemeSwitch({ initial }: { initial: Theme }) {
  const [theme, setTheme] = useState(initial);
  const { label, icon: Icon, next } = choices[theme];
  return (
    <button
      type="button"
      title={`Theme: ${label}`}
      aria-label={`Theme: ${label}. Switch to ${choices[next].label}`}
      className="text-muted hover:bg-sunken hover:text-ink grid size-9 place-items-center rounded-md"
      onClick={() => {
        apply(next);
        setTheme(next);
      }}
    >
      <Icon aria-hidden className="size-4" />
    </button>
  );
}
