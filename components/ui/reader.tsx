"use client";

import { createContext, use, useEffect, useMemo, useSyncExternalStore, type ReactNode } from "react";
import { choiceCookies, remember } from "@/lib/client/reader-choices";
import { defaultStyle, type TimeStyle } from "@/lib/format/time-style";
import { readerClock, utcOffsets, type Clock } from "@/lib/format/zoned-time";

interface Reader {
  readonly style: TimeStyle;
  /** The browser's time zone as the server remembers it; null on the first visit. */
  readonly ownZone: string | null;
}

const ReaderContext = createContext<Reader>({ style: defaultStyle, ownZone: null });

const never = () => () => undefined;
const browserZone = () => new Intl.DateTimeFormat().resolvedOptions().timeZone;

/** How the page's reader writes times, as the server found out; it learns the browser's time zone for the next page. */
export function ReaderProvider({ style: sent, ownZone, children }: Reader & { readonly children: ReactNode }) {
  // Each answer of the server brings a new object; what is made of a style is to stay as long as its text does.
  const text = JSON.stringify(sent);
  const style = useMemo(() => JSON.parse(text) as TimeStyle, [text]);
  useEffect(() => {
    const zone = browserZone();
    if (zone !== ownZone) remember(choiceCookies.ownZone, zone);
  }, [ownZone]);
  const reader = useMemo(() => ({ style, ownZone }), [style, ownZone]);
  return <ReaderContext value={reader}>{children}</ReaderContext>;
}

/** How the reader writes dates and times. */
export function useTimeStyle(): TimeStyle {
  return use(ReaderContext).style;
}

/** The clock of UTC, as the reader reads it. */
export function useUtcClock(): Clock {
  return readerClock(utcOffsets, useTimeStyle());
}

/** The reader's own time zone, an IANA id; null on the first visit until the page has woken up. */
export function useViewerZone(): string | null {
  const { ownZone } = use(ReaderContext);
  return useSyncExternalStore(never, browserZone, () => ownZone);
}
