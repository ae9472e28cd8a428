"use client";

import { useQuery } from "@tanstack/react-query";
import type { Route } from "next";
import { BackLink } from "@/components/ui/back-link";
import { ExportLinks } from "@/components/stores/record/export-links";
import { RecordPanel } from "@/components/stores/record/record-panel";
import { storeQueries } from "@/lib/client/store-queries";
import { DetailsForm } from "./details-form";
import { FleetForm } from "./fleet-form";
import { HoursForm } from "./hours-form";
import { SpecialHours } from "./special-hours";

interface StoreEditViewProps {
  readonly storeId: string;
  /** Whether the reader may change calendars, and which stores there are. */
  readonly isOperator: boolean;
}

/** What the people of a store can change: its name and address, its hours, and its special hours. */
export function StoreEditView({ storeId, isOperator }: StoreEditViewProps) {
  const { data: store } = useQuery(storeQueries.detail(storeId));
  if (store === undefined) return null;
  return (
    <div className="mx-auto max-w-4xl">
      <BackLink href={`/stores/${storeId}` as Route} label={store.name ?? storeId} />
      <h1 className="mb-4 text-xl font-semibold tracking-tight wrap-break-word">Edit {store.name ?? storeId}</h1>
      <div className="grid gap-3">
        <DetailsForm store={store} />
        <FleetForm store={store} />
        <HoursForm store={store} />
        <SpecialHours store={store} canOpenCalendars={isOperator} />
        <ExportLinks storeId={storeId} />
        {isOperator && <RecordPanel store={store} />}
      </div>
    </div>
  );
}
