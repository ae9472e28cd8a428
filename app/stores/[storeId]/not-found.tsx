import type { Metadata } from "next";
import { NotFoundView } from "@/components/ui/not-found-view";

export const metadata: Metadata = { title: "Store not found" };

export default function StoreNotFound() {
  return (
    <NotFoundView
      title="Store not found"
      hint="This store doesn’t exist, or you don’t have access to it."
      href="/"
      label="All stores"
    />
  );
}
