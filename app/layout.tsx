import { GeistMono } from "geist/font/mono";
import { GeistSans } from "geist/font/sans";
import type { Metadata, Viewport } from "next";
import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { OpenAccessBanner } from "@/components/access/open-access-banner";
import { SiteFooter } from "@/components/ui/site-footer";
import { SiteHeader } from "@/components/ui/site-header";
import { StatusStrip } from "@/components/ui/status-strip";
import { parseTheme, themeCookie } from "@/components/ui/theme";
import { TimeChoices } from "@/components/ui/time-choices";
import { env } from "@/lib/server/env";
import { productVersion } from "@/lib/server/health/version";
import { pageSession } from "@/lib/server/http/page-session";
import { tzRelease } from "@/lib/server/zones/zone-rules-status";
import { pageReader } from "./page-reader";
import { PageSkeleton } from "./page-skeleton";
import { Providers } from "./providers";
import "./globals.css";

const description = "Uptime of your restaurants during business hours.";

export function generateMetadata(): Metadata {
  const { PUBLIC_URL: publicUrl } = env();
  return {
    title: { default: "Stores · Store Monitoring", template: "%s · Store Monitoring" },
    description,
    applicationName: "Store Monitoring",
    manifest: "/manifest.webmanifest",
    icons: { apple: "/icons/apple-touch-icon.png" },
    robots: { index: false, follow: false },
    // Programs that show a link's preview need addresses with a host, which only this setting knows.
    metadataBase: publicUrl === undefined ? null : new URL(publicUrl),
    openGraph: {
      type: "website",
      siteName: "Store Monitoring",
      description,
      ...(publicUrl === undefined ? {} : { images: [{ url: "/icons/icon-512.png", width: 512, height: 512 }] }),
    },
  };
}

export const viewport: Viewport = {
  colorScheme: "light dark",
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#1a4384" },
    { media: "(prefers-color-scheme: dark)", color: "#14171d" },
  ],
};

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
        <Providers style={style} ownZone={ownZone}>
          <SiteHeader theme={theme} session={session} />
          {session?.access === "open" && <OpenAccessBanner />}
          {session !== null && <StatusStrip />}
          <main
            id="main"
            tabIndex={-1}
            className="mx-auto w-full max-w-7xl flex-1 px-4 pt-5 pb-12 outline-none sm:px-6"
          >
            <PageSkeleton>{children}</PageSkeleton>
          </main>
        </Providers>
        <SiteFooter version={productVersion()} tzRelease={tzRelease()}>
          <TimeChoices {...choices} />
        </SiteFooter>
      </body>
    </html>
  );
}
