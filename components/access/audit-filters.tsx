"use client";

import { useQuery } from "@tanstack/react-query";
import Form from "next/form";
import Link from "next/link";
import { Button, buttonClass } from "@/components/ui/button";
import { Field, inputClass } from "@/components/ui/field";
import { keyQueries, peopleQueries } from "@/lib/client/access-queries";
import { auditDefaults, auditHref, isAuditFiltered, type AuditParams } from "@/lib/client/audit-params";
import { auditActions } from "@/lib/contract/enums";
import { actionText } from "./audit-text";
import { TargetField } from "./target-field";

interface Choice {
  readonly value: string;
  readonly label: string;
}

interface ChoiceFieldProps {
  readonly id: string;
  readonly label: string;
  /** The choice that filters nothing. */
  readonly all: string;
  readonly value: string | null;
  readonly groups: readonly { readonly label: string; readonly choices: readonly Choice[] }[];
}

/** A filter by choosing. A value that is none of the choices, such as a deleted key, can still be seen. */
function ChoiceField({ id, label, all, value, groups }: ChoiceFieldProps) {
  const isListed = groups.some(({ choices }) => choices.some((choice) => choice.value === value));
  return (
    <div className="min-w-0 flex-1 basis-40">
      <label htmlFor={id} className="mb-1 block font-medium">
        {label}
      </label>
      {/* The choices arrive after the value, which a field takes only when it is made. */}
      <select key={String(isListed)} id={id} name={id} defaultValue={value ?? ""} className={inputClass}>
        <option value="">{all}</option>
        {value !== null && !isListed && <option value={value}>{value}</option>}
        {groups
          .filter(({ choices }) => choices.length > 0)
          .map(({ label: of, choices }) => (
            <optgroup key={of} label={of}>
              {choices.map((choice) => (
                <option key={choice.value} value={choice.value}>
                  {choice.label}
                </option>
              ))}
            </optgroup>
          ))}
      </select>
    </div>
  );
}

/** Narrows the audit log by its address, which can be kept and sent to others. */
export function AuditFilters({ params }: { params: AuditParams }) {
  const people = useQuery(peopleQueries.people()).data?.people ?? [];
  const keys = useQuery(keyQueries.list()).data?.keys ?? [];
  const accounts = [
    { label: "Users", choices: people.map(({ id, name }) => ({ value: `person:${String(id)}`, label: name })) },
    { label: "Keys", choices: keys.map(({ id, name }) => ({ value: `key:${id}`, label: `${name} (${id})` })) },
  ];
  const others = {
    label: "Other",
    choices: [
      { value: "system", label: "System" },
      { value: "anonymous", label: "Someone not signed in" },
    ],
  };
  const actions = auditActions.map((action) => ({ value: action, label: actionText(action) }));
  return (
    <Form action="/audit" role="search" aria-label="Filter" className="mb-4 flex flex-wrap items-end gap-3">
      <ChoiceField
        id="principal"
        label="Actor"
        all="Everyone"
        value={params.principal}
        groups={[...accounts, others]}
      />
      <ChoiceField
        id="action"
        label="Action"
        all="All actions"
        value={params.action}
        groups={[{ label: "Actions", choices: actions }]}
      />
      <TargetField key={params.subject} value={params.subject} groups={accounts} />
      <Field id="from" type="date" label="From (UTC)" defaultValue={params.from ?? ""} />
      <Field id="to" type="date" label="To (UTC)" defaultValue={params.to ?? ""} />
      <div className="flex gap-2">
        <Button type="submit">Filter</Button>
        {isAuditFiltered(params) && (
          <Link href={auditHref(auditDefaults)} className={buttonClass()}>
            Clear filters
          </Link>
        )}
      </div>
    </Form>
  );
}
