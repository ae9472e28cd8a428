import type { Metadata } from "next";
import { NotFoundView } from "@/components/ui/not-found-view";

export const metadata: Metadata = { title: "Import not found" };

export default function ImportNotFound() {
  return (
    <NotFoundView title="Import not found" hint="This import doesn’t exist." href="/imports" label="All imports" />
  );
}
