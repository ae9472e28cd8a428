import { SegmentedLinks } from "@/components/ui/segmented-links";

const pages = [
  { href: "/people", label: "People" },
  { href: "/keys", label: "Keys" },
  { href: "/audit", label: "Audit log" },
] as const;

interface AccessTabsProps {
  readonly title: string;
  readonly current: (typeof pages)[number]["href"];
  /** Whether the others are there for whoever looks: they are an operator's. */
  readonly all?: boolean;
}

/** The heading of the pages about access, and the way from one to the other. */
export function AccessTabs({ title, current, all = true }: AccessTabsProps) {
  return (
    <div className="mb-4 flex flex-wrap items-center justify-between gap-3">
      <h1 className="text-xl font-semibold tracking-tight">{title}</h1>
      {all && (
        <SegmentedLinks
          label="Settings"
          choices={pages.map(({ href, label }) => ({ href, label, chosen: href === current }))}
        />
      )}
    </div>
  );
}
