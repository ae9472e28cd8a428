import { SegmentedLinks } from "@/components/ui/segmented-links";

const pages = [
  { href: "/manage-stores", label: "Stores" },
  { href: "/calendars", label: "Calendars" },
  { href: "/people", label: "People" },
  { href: "/keys", label: "Keys" },
  { href: "/webhooks", label: "Webhooks" },
  { href: "/limits", label: "Limits" },
  { href: "/audit", label: "Audit log" },
] as const;

interface SettingsTabsProps {
  readonly title: string;
  readonly current: (typeof pages)[number]["href"];
  /** Whether the viewer may use the other pages: they are for operators. */
  readonly all?: boolean;
}

/** The heading of a settings page, and links to the others. */
export function SettingsTabs({ title, current, all = true }: SettingsTabsProps) {
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
