import clsx from "clsx";
import Form from "next/form";
import Link from "next/link";
import type { ReactNode } from "react";
import { inputClass } from "@/components/ui/field";
import { operationHref, topics } from "./topics";

interface DocsShellProps {
  /** Last part of the page's path; empty for the overview, null for none of the pages. */
  readonly current: string | null;
  /** What was searched for. */
  readonly search?: string;
  readonly children: ReactNode;
}

const pages = [
  { slug: "", label: "Quick start" },
  ...topics.map(({ slug, tag }) => ({ slug, label: tag })),
  { slug: "errors", label: "Errors" },
  { slug: "changelog", label: "Changelog" },
];

/** A page of the docs beside the way to the others. */
export function DocsShell({ current, search = "", children }: DocsShellProps) {
  const topic = topics.find(({ slug }) => slug === current);
  return (
    <div className="grid gap-6 lg:grid-cols-[14rem_minmax(0,1fr)] lg:gap-8">
      <div className="text-sm lg:sticky lg:top-4 lg:max-h-[calc(100vh-2rem)] lg:self-start lg:overflow-y-auto lg:p-1">
        <Form action="/docs" role="search" aria-label="Search the API" className="mb-3">
          <label htmlFor="docs-search" className="sr-only">
            Search the API
          </label>
          <input
            id="docs-search"
            type="search"
            name="q"
            key={search}
            defaultValue={search}
            placeholder="Search operations"
            maxLength={100}
            className={inputClass}
          />
        </Form>
        <nav aria-label="API">
          <ul className="max-lg:flex max-lg:flex-wrap max-lg:gap-x-4">
            {pages.map(({ slug, label }) => (
              <li key={slug}>
                <Link
                  href={slug === "" ? "/docs" : `/docs/${slug}`}
                  prefetch={false}
                  aria-current={slug === current ? "page" : undefined}
                  className={clsx(
                    "block py-1 leading-5",
                    slug === current ? "text-ink font-medium" : "text-muted hover:text-ink",
                  )}
                >
                  {label}
                </Link>
                {topic !== undefined && slug === current && (
                  <ul className="border-line mb-1 ml-1 border-l pl-3 max-lg:hidden">
                    {topic.members.map((operation) => (
                      <li key={operation.id}>
                        <a href={operationHref(operation)} className="text-muted hover:text-ink block py-1 leading-5">
                          {operation.summary}
                        </a>
                      </li>
                    ))}
                  </ul>
                )}
              </li>
            ))}
          </ul>
        </nav>
      </div>
      <div className="min-w-0">{children}</div>
    </div>
  );
}
