import type { Metadata } from "next";
import { DocsShell } from "@/app/docs/docs-shell";
import { problems } from "@/lib/server/errors";

export const metadata: Metadata = { title: "API: Errors" };

/** Every error of the API. */
export default function ErrorsPage() {
  const rows = Object.entries(problems).sort(([a, one], [b, other]) => one.status - other.status || a.localeCompare(b));
  return (
    <DocsShell current="errors">
      <h1 className="text-xl font-semibold tracking-tight">API: Errors</h1>
      <p className="text-muted mt-2 mb-4 max-w-2xl text-pretty">
        Errors are application/problem+json with a code, a detail that says what to do, and a request_id for support.
        Decide by the code: titles and details may change.
      </p>
      <div
        role="region"
        aria-label="Error codes"
        tabIndex={0}
        className="border-line bg-panel rounded-panel overflow-x-auto border"
      >
        <table className="w-full text-left text-sm max-sm:table-fixed">
          <caption className="sr-only">Error codes</caption>
          <thead className="text-muted text-xs">
            <tr>
              {["Status", "Code", "Title"].map((word) => (
                <th key={word} scope="col" className="px-4 py-2 font-medium max-sm:px-2 max-sm:first:w-14">
                  {word}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(([code, { status, title }]) => (
              <tr key={code} className="border-line border-t align-top">
                <td className="px-4 py-1.5 font-mono text-xs max-sm:px-2">{status}</td>
                <td className="px-4 py-1.5 font-mono text-xs max-sm:px-2 max-sm:break-all">{code}</td>
                <td className="px-4 py-1.5 max-sm:px-2">{title}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </DocsShell>
  );
}
