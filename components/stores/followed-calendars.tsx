import type { Route } from "next";
import Link from "next/link";
import type { StoreDetail } from "@/lib/contract/stores";

type Followed = StoreDetail["calendars"][number];

const byText: Record<Followed["given_by"], string> = {
  store: "assigned to this store",
  group: "assigned to its group",
  brand: "assigned to its brand",
  all: "assigned to all stores",
};

interface FollowedCalendarsProps {
  readonly calendars: readonly Followed[];
  /** Whether the reader may open calendars. */
  readonly canOpen: boolean;
}

/** The calendars that a store follows; the first one applies where two name one date. */
export function FollowedCalendars({ calendars, canOpen }: FollowedCalendarsProps) {
  if (calendars.length === 0) return null;
  return (
    <div className="mt-4">
      <h3 className="text-muted text-xs">Calendars</h3>
      <ul aria-label="Calendars of this store" className="divide-line divide-y">
        {calendars.map(({ id, name, given_by: by }) => (
          <li key={id} className="flex flex-wrap justify-between gap-x-4 py-1.5">
            {canOpen ? (
              <Link
                href={`/calendars/${String(id)}` as Route}
                prefetch={false}
                className="text-accent wrap-break-word inline-block min-h-6 hover:underline"
              >
                {name}
              </Link>
            ) : (
              <span className="wrap-break-word">{name}</span>
            )}
            <span className="text-muted">{byText[by]}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
