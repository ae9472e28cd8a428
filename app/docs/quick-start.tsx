import Link from "next/link";
import type { ReactNode } from "react";
import { CodeBlock } from "@/components/ui/code-block";
import { curlOf } from "@/lib/contract/curl";
import { exampleOf } from "@/lib/contract/example-of";
import type { Operation } from "@/lib/contract/operation";
import { operations } from "@/lib/contract/operations";
import { operationHref } from "./topics";

function operationOf(id: string): Operation {
  const found = operations.find((one) => one.id === id);
  if (found === undefined) throw new Error(`There is no operation ${id}.`);
  return found;
}

interface StepProps {
  readonly title: string;
  readonly children: ReactNode;
}

function Step({ title, children }: StepProps) {
  return (
    <li className="space-y-2">
      <h3 className="font-semibold">{title}</h3>
      {children}
    </li>
  );
}

interface CallProps {
  readonly id: string;
  readonly origin: string;
  readonly guarded: boolean;
  /** Whether the response says what to do next. */
  readonly withAnswer?: boolean;
}

/** A command that calls an operation, with what it answers. */
function Call({ id, origin, guarded, withAnswer = true }: CallProps) {
  const operation = operationOf(id);
  const [success] = operation.responses;
  const answer = success === undefined || !withAnswer ? null : exampleOf(success);
  return (
    <>
      <CodeBlock label={`Command: ${operation.summary}`} text={curlOf(operation, origin, guarded)} />
      {answer !== null && <CodeBlock label={`Response: ${operation.summary}`} text={answer} />}
      <p className="text-muted">
        <Link href={operationHref(operation)} prefetch={false} className="inline-block min-h-6 underline">
          {operation.summary} in detail
        </Link>
      </p>
    </>
  );
}

interface QuickStartProps {
  readonly origin: string;
  /** Whether callers must authenticate. */
  readonly guarded: boolean;
}

/** From a key to a report, in three commands. */
export function QuickStart({ origin, guarded }: QuickStartProps) {
  const call = { origin, guarded };
  return (
    <section aria-labelledby="quick-start" className="max-w-3xl">
      <h2 id="quick-start" className="mb-3 text-base font-semibold">
        Quick start
      </h2>
      <ol className="space-y-6">
        <Step title="1. Authenticate">
          {guarded ? (
            <>
              <p className="text-pretty">
                Create a key under{" "}
                <Link href="/keys" className="text-accent underline">
                  Settings, Keys
                </Link>{" "}
                with the permissions to send checks and to create and view reports. Send it as{" "}
                <code className="font-mono text-sm">Authorization: Bearer …</code>, never in a URL. The commands below
                take it from a variable:
              </p>
              <CodeBlock label="Command: set the key" text="KEY=sm_live_…" />
            </>
          ) : (
            <p className="text-pretty">
              Nothing to do: sign-in is off on this server, so requests need no key. With AUTH=required, programs send a
              key as <code className="font-mono text-sm">Authorization: Bearer …</code>.
            </p>
          )}
        </Step>
        <Step title="2. Send polls">
          <p className="text-pretty">
            Up to 5,000 in a request. If you get no response, send the batch again: duplicates are counted once.
          </p>
          <Call id="sendPolls" {...call} />
        </Step>
        <Step title="3. Get a report">
          <p className="text-pretty">
            Create a report, wait until its state is complete, and download its rows by the number in the first
            response.
          </p>
          <Call id="createReport" {...call} />
          <Call id="getReport" {...call} withAnswer={false} />
          <Call id="downloadReportCsv" {...call} />
        </Step>
      </ol>
    </section>
  );
}
