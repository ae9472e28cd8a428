"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { AsyncPanel } from "@/components/ui/async-panel";
import { Panel } from "@/components/ui/panel";
import { storeEditQueries } from "@/lib/client/store-edit-queries";
import { storeQueries } from "@/lib/client/store-queries";
import type { StoreDetail } from "@/lib/contract/stores";
import { localDate } from "@/lib/format/zoned-time";
import { HoursEditor } from "./hours-editor";

/** Time zone and weekly hours, with their effect on the last week before they are saved. */
export function HoursForm({ store }: { store: StoreDetail }) {
  const { store_id: storeId, as_of: asOf, clock } = store;
  // Stays as it is, so that nothing changes in the form when a day ends.
  const [today] = useState(() => localDate(asOf, clock));
  const query = useQuery(storeEditQueries.hours(storeId));
  const queryClient = useQueryClient();
  const [reloads, setReloads] = useState(0);
  const reload = async () => {
    const { isSuccess } = await query.refetch();
    if (!isSuccess) return;
    // Another editor, which starts with what is stored now.
    setReloads((count) => count + 1);
    void queryClient.invalidateQueries({ queryKey: storeQueries.detail(storeId).queryKey });
  };
  return (
    <Panel title="Business hours" id="hours">
      <AsyncPanel what="the hours" height="h-[640px]" query={query}>
        {({ data, etag }) => (
          <HoursEditor
            key={reloads}
            storeId={storeId}
            stored={data}
            today={today}
            etag={etag}
            isReloaded={reloads > 0}
            reloadError={query.error}
            onReload={() => void reload()}
          />
        )}
      </AsyncPanel>
    </Panel>
  );
}
