import type { ReactNode } from "react";
import type { z } from "zod";
import { CodeBlock } from "@/components/ui/code-block";
import { codeOf, type SampleLanguage } from "@/lib/contract/code-samples";
import { exampleOf } from "@/lib/contract/example-of";
import { defaultText, toInlineSchema, typeText } from "@/lib/contract/json-schema";
import { errorsOf, queryOf, type Operation } from "@/lib/contract/operation";
import { problems } from "@/lib/server/errors";

interface Row {
  readonly name: string;
  readonly place: "path" | "query" | "header";
  readonly schema: z.ZodType;
  readonly description: string | undefined;
}

function rowsOf(operation: Operation): readonly Row[] {
  const { pathParameters = {}, headers = {} } = operation;
  const inQuery = Object.entries(queryOf(operation)).map(([name, schema]): Row => {
    return { name, place: "query", schema, description: schema.description };
  });
  const given = (place: "path" | "header", named: NonNullable<Operation["headers"]>): Row[] =>
    Object.entries(named).map(([name, { schema, description }]) => ({ name, place, schema, description }));
  return [...given("path", pathParameters), ...inQuery, ...given("header", headers)];
}

function Scroll({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div role="region" aria-label={label} tabIndex={0} className="overflow-x-auto">
      {children}
    </div>
  );
}

function Parameters({ operation }: { operation: Operation }) {
  const rows = rowsOf(operation);
  if (rows.length === 0) return null;
  return (
    <Scroll label={`Parameters of ${operation.id}`}>
      <table className="w-full text-left text-sm">
        <caption className="sr-only">Parameters</caption>
        <thead>
          <tr className="text-muted border-line border-b text-xs">
            <th scope="col" className="py-1.5 pr-4 font-medium">
              Parameter
            </th>
            <th scope="col" className="py-1.5 pr-4 font-medium">
              In
            </th>
            <th scope="col" className="py-1.5 font-medium">
              Value
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, place, schema, description }) => {
            const standard = defaultText(schema);
            return (
              <tr key={`${place} ${name}`} className="border-line border-b align-top">
                <th scope="row" className="py-1.5 pr-4 font-mono text-xs font-medium">
                  {name}
                </th>
                <td className="text-muted py-1.5 pr-4">{place}</td>
                <td className="py-1.5">
                  {description === undefined ? null : <p>{description}</p>}
                  <p className="text-muted font-mono text-xs">
                    {typeText(schema)}
                    {standard === null ? "" : `; default ${standard}`}
                  </p>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Scroll>
  );
}

/** An example of the successful response. */
function Example({ operation: { id, responses } }: { operation: Operation }) {
  const [success] = responses;
  const text = success === undefined ? null : exampleOf(success);
  if (success === undefined || text === null) return null;
  return (
    <div className="space-y-1">
      <p className="text-muted text-xs">Example response, {success.status}</p>
      <CodeBlock label={`Example response of ${id}`} text={text} />
    </div>
  );
}

interface SchemaProps {
  readonly title: string;
  /** Names it among all the schemas of a page. */
  readonly label: string;
  readonly schema: z.ZodType;
  readonly io: "input" | "output";
}

function Schema({ title, label, schema, io }: SchemaProps) {
  return (
    <details>
      <summary className="cursor-pointer text-sm">{title}</summary>
      <CodeBlock label={label} text={JSON.stringify(toInlineSchema(schema, io), null, 2)} />
    </details>
  );
}

/** Who may call an operation where not everybody may. */
function accessText({ scope, wholeFleet }: Operation["access"]): string | null {
  if (scope === "anyone") return null;
  if (scope === "person") return "Requires a signed-in user. Keys are not accepted.";
  return `Requires scope ${scope}${wholeFleet === true ? " and access to all stores" : ""}.`;
}

interface OperationEntryProps {
  readonly operation: Operation;
  readonly origin: string;
  /** Whether callers must say who they are. */
  readonly guarded: boolean;
  /** Of the code that calls it. */
  readonly language: SampleLanguage;
}

/** One operation: what it takes, what it answers, and code that calls it. */
export function OperationEntry({ operation, origin, guarded, language }: OperationEntryProps) {
  const { id, method, path, summary, description, body, responses, access } = operation;
  const who = guarded ? accessText(access) : null;
  return (
    <section
      id={id}
      aria-labelledby={`${id}-title`}
      className="border-line bg-panel rounded-panel min-w-0 scroll-mt-4 space-y-3 border p-4 wrap-break-word"
    >
      <h2 id={`${id}-title`} className="text-sm font-semibold">
        {summary}
      </h2>
      <p className="font-mono text-xs break-all">
        <span className="text-accent font-semibold">{method}</span> {path}
      </p>
      {description === undefined ? null : <p className="text-muted text-sm text-pretty">{description}</p>}
      {who === null ? null : <p className="text-muted text-sm">{who}</p>}
      <CodeBlock label={`${language} for ${id}`} text={codeOf(language, operation, origin, guarded)} />
      <Example operation={operation} />
      <Parameters operation={operation} />
      {body?.content.schema === undefined ? null : (
        <Schema title={`Body of ${id}`} label={`Body of ${id}`} schema={body.content.schema} io="input" />
      )}
      <ul className="space-y-1 text-sm">
        {responses.map(({ status, description: says, content }) => (
          <li key={status}>
            <span className="font-mono text-xs font-semibold">{status}</span> {says}
            {content === undefined ? null : <span className="text-muted font-mono text-xs"> {content.mediaType}</span>}
            {content?.schema === undefined ? null : (
              <Schema
                title={`Schema of ${String(status)}`}
                label={`Schema of ${String(status)} of ${id}`}
                schema={content.schema}
                io="output"
              />
            )}
          </li>
        ))}
      </ul>
      <details>
        <summary className="cursor-pointer text-sm">Errors</summary>
        <ul className="mt-2 space-y-1 text-sm">
          {errorsOf(operation).map((code) => (
            <li key={code}>
              <span className="font-mono text-xs">
                {statusOf(code)} {code}
              </span>
            </li>
          ))}
        </ul>
      </details>
    </section>
  );
}

function statusOf(code: string): number | null {
  return Object.entries(problems).find(([name]) => name === code)?.[1].status ?? null;
}
