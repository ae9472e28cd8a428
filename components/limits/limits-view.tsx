import { SettingsTabs } from "@/components/access/settings-tabs";
import { Panel } from "@/components/ui/panel";
import type { ServiceLimits } from "@/lib/contract/limits";
import { limitGroups } from "./limits-text";

/** Retention and limits as this server enforces them. */
export function LimitsView({ limits }: { limits: ServiceLimits }) {
  return (
    <>
      <SettingsTabs title="Limits" current="/limits" />
      <p className="text-muted mb-3 text-pretty">
        These values are in force. To change one, set the environment variable beside it and restart.
      </p>
      <div className="gap-3 lg:columns-2">
        {limitGroups(limits).map(({ title, note, rows }) => (
          <Panel key={title} title={title} id={title.toLowerCase()} className="mb-3 break-inside-avoid">
            <p className="text-muted mb-2 text-pretty">{note}</p>
            <dl className="divide-line divide-y">
              {rows.map(({ label, value, setting }) => (
                <div key={setting} className="flex flex-wrap items-baseline justify-between gap-x-4 py-1.5">
                  <dt className="min-w-0">
                    {label} <code className="text-muted block font-mono text-xs break-all">{setting}</code>
                  </dt>
                  <dd className="font-medium">{value}</dd>
                </div>
              ))}
            </dl>
          </Panel>
        ))}
      </div>
    </>
  );
}
