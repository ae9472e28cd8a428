"use client";

import { QueryClientProvider } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { ReaderProvider } from "@/components/ui/reader";
import { makeQueryClient } from "@/lib/client/query-client";
import type { TimeStyle } from "@/lib/format/time-style";

/**
 * Tells libraries what the page's policy asks of them, where they look for it: what writes a style sheet (dialogs do)
 * needs the nonce, and zod is not to try whether it may make code from text.
 */
function tellPolicy(): void {
  const { nonce } = document.querySelector<HTMLScriptElement>("script[nonce]") ?? {};
  Object.assign(globalThis, { __webpack_nonce__: nonce, __zod_globalConfig: { jitless: true } });
}

if (typeof document !== "undefined") tellPolicy();

interface ProvidersProps {
  readonly style: TimeStyle;
  readonly ownZone: string | null;
  readonly children: ReactNode;
}

/** What every page needs around it in the browser. */
export function Providers({ style, ownZone, children }: ProvidersProps) {
  const [queryClient] = useState(makeQueryClient);
  return (
    <QueryClientProvider client={queryClient}>
      <ReaderProvider style={style} ownZone={ownZone}>
        {children}
      </ReaderProvider>
    </QueryClientProvider>
  );
}
