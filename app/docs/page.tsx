import type { Metadata } from "next";
import { headers } from "next/headers";
import Link from "next/link";
import { operationTags } from "@/lib/contract/operation";
import { operations } from "@/lib/contract/operations";
import { accessMode } from "@/lib/server/access/mode";
import { requestOrigin } from "@/lib/server/http/origin";
import { OperationEntry } from "./operation-entry";

export const metadata: Metadata = { title: "API" };

async function originOfThisPage(): Promise<string> {
  const host = (await headers()).get("host");
  return requestOrigin(new Request("http://localhost/", { headers: host === null ? {} : { host } }));
}

export default async function DocsPage() {
  const origin = await originOfThisPage();
  const guarded = accessMode() === "required";
  const groups = operationTags
    .map((tag) => ({ tag, members: operations.filter((operation) => operation.tag === tag) }))
    .filter(({ members }) => members.length > 0);
  return (
    <div className="grid gap-8 lg:grid-cols-[16rem_minmax(0,1fr)]">
      <nav
        aria-label="Operations"
        className="text-sm lg:sticky lg:top-4 lg:max-h-[calc(100vh-2rem)] lg:self-start lg:overflow-y-auto"
      >
        {groups.map(({ tag, members }) => (
          <div key={tag} className="mb-4">
            <h2 className="text-muted mb-1 text-xs font-semibold">{tag}</h2>
            <ul>
              {members.map(({ id, summary }) => (
                <li key={id}>
                  <a href={`#${id}`} className="hover:text-accent block py-1 leading-5">
                    {summary}
                  </a>
                </li>
              ))}
            </ul>
          </div>
        ))}
      </nav>
      <div className="min-w-0 space-y-8">
        <header className="max-w-2xl space-y-3 text-[0.9375rem] leading-6">
          <h1 className="text-xl font-semibold tracking-tight">API</h1>
          <p className="text-muted">
            Read everything the pages show and send polls from your own programs. A poll is one check of a store. The
            OpenAPI 3.1 document is at{" "}
            <a href="/api/openapi.json" className="text-accent underline">
              /api/openapi.json
            </a>
            .
          </p>
          <p>
            Timestamps are RFC 3339 in UTC, durations are whole milliseconds, store IDs are strings. Errors are{" "}
            <span className="font-mono text-sm">application/problem+json</span> with a stable{" "}
            <span className="font-mono text-sm">code</span> and a <span className="font-mono text-sm">request_id</span>{" "}
            for support. Unknown parameters and fields are rejected. Lists return{" "}
            <span className="font-mono text-sm">next_cursor</span> and a <span className="font-mono text-sm">Link</span>{" "}
            header; most responses have an <span className="font-mono text-sm">ETag</span>.
          </p>
          <p>
            A POST that creates something takes an <span className="font-mono text-sm">Idempotency-Key</span>: a repeat
            within 24 hours returns the first response and has no further effect. Rate limits are reported in{" "}
            <span className="font-mono text-sm">RateLimit</span> headers; 429 and 503 responses have{" "}
            <span className="font-mono text-sm">Retry-After</span>.
          </p>
          {guarded && (
            <p>
              Programs authenticate with a key, sent as{" "}
              <span className="font-mono text-sm">Authorization: Bearer sm_live_…</span> and never in a URL. Create one
              under{" "}
              <Link href="/keys" className="text-accent underline">
                Keys
              </Link>
              .
            </p>
          )}
        </header>
        {groups.map(({ tag, members }) => (
          <section key={tag} aria-label={tag} className="space-y-4">
            <h2 className="text-base font-semibold">{tag}</h2>
            {members.map((operation) => (
              <OperationEntry key={operation.id} operation={operation} origin={origin} guarded={guarded} />
            ))}
          </section>
        ))}
      </div>
    </div>
  );
}
