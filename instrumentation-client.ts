import { announceNavigation } from "@/components/ui/navigation-placeholder";

/** The framework calls this within the transition to another page, however it was requested. */
export function onRouterTransitionStart(url: string, type: "push" | "replace" | "traverse"): void {
  announceNavigation(url, type);
}
