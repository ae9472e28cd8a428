import { StoreSkeleton } from "@/components/stores/store-skeleton";

export default function StoreLoading() {
  return <StoreSkeleton />;
}
