import Form from "next/form";
import Link from "next/link";
import { Button, buttonClass } from "@/components/ui/button";
import { Field, inputClass } from "@/components/ui/field";
import { auditDefaults, auditHref, isAuditFiltered, type AuditParams } from "@/lib/client/audit-params";
import { auditActions } from "@/lib/contract/enums";

/** Narrows the audit log by its address, which can be kept and sent to others. */
export function AuditFilters({ params }: { params: AuditParams }) {
  const text = { type: "text", autoComplete: "off", spellCheck: false, className: "min-w-0 flex-1 basis-40" };
  return (
    <Form action="/audit" role="search" aria-label="Filter" className="mb-4 flex flex-wrap items-end gap-3">
      <Field {...text} id="principal" label="Actor" placeholder="person:7" defaultValue={params.principal ?? ""} />
      <div className="min-w-0 flex-1 basis-40">
        <label htmlFor="action" className="mb-1 block font-medium">
          Action
        </label>
        <select id="action" name="action" defaultValue={params.action ?? ""} className={inputClass}>
          <option value="">All actions</option>
          {auditActions.map((action) => (
            <option key={action}>{action}</option>
          ))}
        </select>
      </div>
      <Field {...text} id="subject" label="Target" placeholder="store:74" defaultValue={params.subject ?? ""} />
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
