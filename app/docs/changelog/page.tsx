import type { Metadata } from "next";
import { DocsShell } from "@/app/docs/docs-shell";
import { partsOfLine, readChangelog } from "@/lib/server/text/changelog";

export const metadata: Metadata = { title: "Changelog" };

function Line({ markdown }: { markdown: string }) {
  return partsOfLine(markdown).map(({ text, isCode }, index) =>
    isCode ? (
      // Parts of a fixed text: their place is their identity.
      <code key={index} className="font-mono text-xs break-all">
        {text}
      </code>
    ) : (
      text
    ),
  );
}

/** What changed, newest first. */
export default async function ChangelogPage() {
  const releases = await readChangelog();
  return (
    <DocsShell current="changelog">
      <h1 className="text-xl font-semibold tracking-tight">Changelog</h1>
      {releases.map(({ title, groups }) => (
        <section key={title} className="mt-6 max-w-2xl" aria-label={title}>
          <h2 className="text-base font-semibold">{title}</h2>
          {groups.map((group) => (
            <div key={group.title}>
              <h3 className="mt-4 mb-1 font-semibold">{group.title}</h3>
              <ul className="list-disc space-y-1 pl-5 text-pretty">
                {group.items.map((item) => (
                  <li key={item}>
                    <Line markdown={item} />
                  </li>
                ))}
              </ul>
            </div>
          ))}
        </section>
      ))}
    </DocsShell>
  );
}
