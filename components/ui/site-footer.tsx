import Link from "next/link";

/** At the foot of every page: the time zone rules that its local times and figures come from. */
export function SiteFooter({ tzRelease }: { tzRelease: string }) {
  return (
    <footer className="text-muted mx-auto w-full max-w-7xl px-4 pb-4 text-xs sm:px-6">
      <Link href="/method#time-zone-rules" prefetch={false} className="inline-block min-h-6 py-1 hover:underline">
        Time zones: tz {tzRelease}
      </Link>
    </footer>
  );
}
