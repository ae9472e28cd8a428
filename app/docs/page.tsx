import type { Metadata } from "next";
import Link from "next/link";
import { first } from "@/lib/client/raw-search";
import type { Operation } from "@/lib/contract/operation";
import { accessMode } from "@/lib/server/access/mode";
import { docsOrigin } from "./docs-origin";
import { DocsShell } from "./docs-shell";
import { QuickStart } from "./quick-start";
import { findOperations, operationHref, topics } from "./topics";

export const metadata: Metadata = { title: "API" };

function OperationLinks({ found }: { found: readonly Operation[] }) {
  return (
    <ul className="divide-line divide-y">
      {found.map((operation) => (
        // Operations used to be described on this page: links to them still lead near them.
        <li key={operation.id} id={operation.id} className="flex flex-wrap items-baseline gap-x-4 py-1.5">
          <Link href={operationHref(operation)} prefetch={false} className="inline-block min-h-6 underline">
            {operation.summary}
          </Link>
          <span className="text-muted font-mono text-xs break-all">
            {operation.method} {operation.path}
          </span>
        </li>
      ))}
    </ul>
  );
}

function SearchResults({ text }: { text: string }) {
  const found = findOperations(text);
  const count = found.length === 1 ? "1 operation" : `${String(found.length)} operations`;
  return (
    <>
      <h1 className="text-xl font-semibold tracking-tight">API</h1>
      <p role="status" className="text-muted mt-1 mb-3">
        {found.length === 0 ? `Nothing matches “${text}”. Try fewer words.` : `${count} for “${text}”`}
      </p>
      <OperationLinks found={found} />
    </>
  );
}

const code = "font-mono text-sm";

function Conventions() {
  return (
    <section aria-labelledby="conventions" className="max-w-2xl space-y-3 text-[0.9375rem] leading-6">
      <h2 id="conventions" className="text-base font-semibold">
        Conventions
      </h2>
      <p>
        Timestamps are RFC 3339 in UTC, durations are whole milliseconds, store IDs are strings. Errors are{" "}
        <span className={code}>application/problem+json</span> with a stable <span className={code}>code</span> and a{" "}
        <span className={code}>request_id</span> for support. Unknown parameters and fields are rejected. Lists return{" "}
        <span className={code}>next_cursor</span> and a <span className={code}>Link</span> header; most responses have
        an <span className={code}>ETag</span>.
      </p>
      <p>
        A POST that creates something takes an <span className={code}>Idempotency-Key</span>: a repeat within 24 hours
        returns the first response and has no further effect. Rate limits are reported in{" "}
        <span className={code}>RateLimit</span> headers; 429 and 503 responses have{" "}
        <span className={code}>Retry-After</span>.
      </p>
      <p>
        The OpenAPI 3.1 document is at{" "}
        <a href="/api/openapi.json" className="text-accent underline">
          /api/openapi.json
        </a>
        .
      </p>
    </section>
  );
}

export default async function DocsPage({ searchParams }: PageProps<"/docs">) {
  const text = (first((await searchParams)["q"]) ?? "").replaceAll("\0", "").trim().slice(0, 100);
  if (text !== "") {
    return (
      <DocsShell current={null} search={text}>
        <SearchResults text={text} />
      </DocsShell>
    );
  }
  return (
    <DocsShell current="">
      <div className="space-y-8">
        <header className="max-w-2xl">
          <h1 className="text-xl font-semibold tracking-tight">API</h1>
          <p className="text-muted mt-2">
            Read everything the pages show and send polls from your own programs. A poll is one check of a store.
          </p>
        </header>
        <QuickStart origin={await docsOrigin()} guarded={accessMode() === "required"} />
        <Conventions />
        <section aria-labelledby="operations" className="space-y-4">
          <h2 id="operations" className="text-base font-semibold">
            All operations
          </h2>
          {topics.map(({ slug, tag, members }) => (
            <section key={slug} aria-label={tag}>
              <h3 className="mb-1 font-semibold">{tag}</h3>
              <OperationLinks found={members} />
            </section>
          ))}
        </section>
      </div>
    </DocsShell>
  );
}
