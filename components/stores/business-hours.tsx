import type { StoreDetail } from "@/lib/contract/stores";
import { Panel } from "@/components/ui/panel";
import { AssumedBadge } from "./store-header";
import { hoursByDay } from "./hours-words";

/** The weekly hours that every figure of the page lies in. */
export function BusinessHours({ store }: { store: StoreDetail }) {
  const always = store.business_hours.length === 0;
  return (
    <Panel title="Business hours" id="business-hours" aside={store.hours_source === "assumed" && <AssumedBadge />}>
      {always ? (
        <p>
          Open round the clock.
          {store.hours_source === "assumed" && <span className="text-muted"> No hours were given for this store.</span>}
        </p>
      ) : (
        <dl className="divide-line -my-1 divide-y">
          {hoursByDay(store.business_hours).map(({ day, hours }) => (
            <div key={day} className="flex justify-between gap-4 py-1.5">
              <dt className="text-muted">{day}</dt>
              <dd className="text-right">
                {hours.length === 0 ? (
                  <span className="text-muted">Closed</span>
                ) : (
                  hours.map((text) => (
                    <span key={text} className="block">
                      {text}
                    </span>
                  ))
                )}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </Panel>
  );
}
