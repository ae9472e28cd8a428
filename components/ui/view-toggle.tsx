"use client";

import { ChartColumnStacked, Table2 } from "lucide-react";
import { Button } from "./button";

interface ViewToggleProps {
  readonly asTable: boolean;
  readonly onChange: (asTable: boolean) => void;
}

/** Changes between a drawing and its table. */
export function ViewToggle({ asTable, onChange }: ViewToggleProps) {
  const Icon = asTable ? ChartColumnStacked : Table2;
  return (
    <Button
      data-noprint
      aria-label={asTable ? "View as chart" : "View as table"}
      aria-pressed={asTable}
      onClick={() => {
        onChange(!asTable);
      }}
    >
      <Icon aria-hidden className="size-4" />
      {asTable ? "Chart" : "Table"}
    </Button>
  );
}
