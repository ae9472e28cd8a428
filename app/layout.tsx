import { GeistMono } from "geist/font/mono";
import { GeistSans } from "geist/font/sans";
import type { Metadata, Viewport } from "next";
import { cookies } from "next/headers";
import Link from "next/link";
import type { ReactNode } from "react";
import { OpenAccessBanner } from "@/components/access/open-access-banner";
import { SiteHeader } from "@/components/ui/site-header";
import { StatusStrip } from "@/components/ui/status-strip";
import { parseTheme, themeCookie } from "@/components/ui/theme";
import { TimeChoices } from "@/components/ui/time-choices";
import type { TimeChoices as Choices } from "@/lib/client/reader-choices";
import { pageSession } from "@/lib/server/http/page-session";
import { tzRelease } from "@/lib/server/zones/zone-rules-status";
import { pageReader } from "./page-reader";
import { PageSkeleton } from "./page-skeleton";
import { Providers } from "./providers";
import "./globals.css";

export const metadata: Metadata = {
  title: { default: "Stores · Store Monitoring", template: "%s · Store Monitoring" },
  description: "Uptime of your restaurants during business hours.",
  manifest: "/manifest.webmanifest",
  icons: { apple: "/icons/apple-touch-icon.png" },
  robots: { index: false, follow: false },
};

export const viewport: Viewport = { colorScheme: "light dark", themeColor: "#1a4384" };

export default async function RootLayout({ children }: { children: ReactNode }) {
  const theme = parseTheme((await cookies()).get(themeCookie)?.value);
  const session = await pageSession();
  const { style, ownZone, choices } = await pageReader();
  return (
    <html
      lang="en"
      data-theme={theme === "system" ? undefined : theme}
      className={`${GeistSans.variable} ${GeistMono.variable}`}
      suppressHydrationWarning
    >
      <body className="flex min-h-dvh flex-col">
        <a
          href="#main"
          className="bg-accent text-on-accent sr-only z-10 rounded-md px-3 py-2 font-medium focus:not-sr-only focus:absolute focus:top-2 focus:left-2"
        >
          Skip to content
        </a>
        <SiteHeader theme={theme} session={session} />
        {session?.access === "open" && <OpenAccessBanner />}
        <Providers style={style} ownZone={ownZone}>
          {session !== null && <StatusStrip />}
          <main
            id="main"
            tabIndex={-1}
            className="mx-auto w-full max-w-7xl flex-1 px-4 pt-5 pb-12 outline-none sm:px-6"
          >
            <PageSkeleton>{children}</PageSkeleton>
          </main>
        </Providers>
        <SiteFooter tzRelease={tzRelease()} choices={choices} />
      </body>
    </html>
  );
}

/** At the foot of every page: the time zone rules that its local times and figures come from, and how times are written. */
function SiteFooter({ tzRelease, choices }: { tzRelease: string; choices: Choices }) {
  return (
    <footer className="text-muted mx-auto flex w-full max-w-7xl flex-wrap items-center justify-between gap-x-6 gap-y-2 px-4 pb-4 text-xs sm:px-6">
      <Link href="/method#time-zone-rules" prefetch={false} className="inline-block min-h-6 py-1 hover:underline">
        Time zones: tz {tzRelease}
      </Link>
      <TimeChoices {...choices} />
    </footer>
  );
}
