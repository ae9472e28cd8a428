import { Download } from "lucide-react";
import { buttonClass } from "@/components/ui/button";
import { Panel } from "@/components/ui/panel";

const files = [
  { name: "hours", label: "Hours" },
  { name: "exceptions", label: "Special hours" },
  { name: "polls", label: "Checks" },
] as const;

/** What of stores can be downloaded in the form in which it is uploaded. @param storeId of one store; absent: of all */
export function ExportLinks({ storeId }: { storeId?: string }) {
  const search = storeId === undefined ? "" : `?${new URLSearchParams({ store_id: storeId }).toString()}`;
  return (
    <Panel title="Downloads" id="downloads">
      <p className="text-muted mb-2 text-pretty">
        CSV files that can be edited and uploaded again
        {storeId === undefined && ", of all stores. “Download CSV” on the Stores page has their names, tags and status"}
        .
      </p>
      <div className="flex flex-wrap gap-2">
        {files.map(({ name, label }) => (
          <a key={name} href={`/api/v1/${name}.csv${search}`} download className={buttonClass()}>
            <Download aria-hidden className="size-4" />
            {label}
          </a>
        ))}
        {storeId === undefined && (
          <a href="/api/v1/incidents.csv?window=week" download className={buttonClass()}>
            <Download aria-hidden className="size-4" />
            Incidents, last 7 days
          </a>
        )}
      </div>
    </Panel>
  );
}
