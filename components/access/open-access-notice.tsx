import { EmptyState } from "@/components/ui/empty-state";
import { SettingsTabs } from "./settings-tabs";

interface OpenAccessNoticeProps {
  readonly title: string;
  /** For a page of the settings. */
  readonly current?: "/people" | "/keys" | "/audit";
}

/** What the pages about access show without sign-in. */
export function OpenAccessNotice({ title, current }: OpenAccessNoticeProps) {
  return (
    <>
      {current === undefined ? (
        <h1 className="mb-4 text-xl font-semibold tracking-tight">{title}</h1>
      ) : (
        <SettingsTabs title={title} current={current} />
      )}
      <EmptyState title="Sign-in is off">
        <p>Anyone who can open this URL can view and edit every store. Fine on your own machine.</p>
        <p>
          Before others can reach it, set <code className="font-mono text-xs">AUTH=required</code> and restart. On
          startup a one-time link is printed that creates the first operator account; operators invite other users and
          choose which stores they see.
        </p>
      </EmptyState>
    </>
  );
}
