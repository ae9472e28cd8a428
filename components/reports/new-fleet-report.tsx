"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import type { Method } from "@/lib/uptime/types";
import { MethodSelect } from "./method-select";
import { useTriggerReport } from "./use-trigger-report";

/** Asks for a report of every store and goes to it. */
export function NewFleetReport() {
  const router = useRouter();
  const [method, setMethod] = useState<Method>("interpolated");
  const { trigger, isPending, error } = useTriggerReport((report) => {
    router.push(`/reports/${String(report.id)}`);
  });
  return (
    <form
      className="flex flex-wrap items-center gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        trigger({ scope: "fleet", method });
      }}
    >
      <label htmlFor="fleet-method" className="text-muted">
        Method
      </label>
      <MethodSelect id="fleet-method" value={method} onChange={setMethod} />
      <Button look="primary" type="submit" aria-disabled={isPending}>
        {isPending ? "Creating…" : "New fleet report"}
      </Button>
      {error && (
        <p role="alert" className="text-down-ink w-full">
          The report could not be created: {error.message}
        </p>
      )}
    </form>
  );
}
