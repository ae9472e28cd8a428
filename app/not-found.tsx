import type { Metadata } from "next";
import { NotFoundView } from "@/components/ui/not-found-view";

export const metadata: Metadata = { title: "Page not found" };

export default function NotFound() {
  return (
    <NotFoundView title="Page not found" hint="This page doesn’t exist or has moved." href="/" label="All stores" />
  );
}
