import type { Metadata } from "next";
import { DesignView } from "@/components/design/design-view";

export const metadata: Metadata = { title: "Design" };

/** Served by `npm run dev` only: the build does not know files of this name as pages. */
export default function DesignPage() {
  return <DesignView />;
}
