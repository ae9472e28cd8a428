import { auditActions, oneOf, type AuditAction } from "@/lib/contract/enums";
import { first, unknownValue, type PageParams, type RawSearch } from "./raw-search";
import { dayMs } from "@/lib/uptime/units";

/** What the audit page is asked for; null narrows nothing. */
export interface AuditParams {
  /** Who did it: `person:7`, `key:abcd2345`. */
  readonly principal: string | null;
  readonly action: AuditAction | null;
  /** To what: `store:8419…`. */
  readonly subject: string | null;
  /** Days of UTC, both of them among what is shown: `2026-01-31`. */
  readonly from: string | null;
  readonly to: string | null;
  /** Of a page after the first. */
  readonly cursor: string | null;
}

export const auditDefaults: AuditParams = {
  principal: null,
  action: null,
  subject: null,
  from: null,
  to: null,
  cursor: null,
};

const longestWord = 100;

function wordOf(value: RawSearch[string]): string | null {
  return (first(value) ?? "").replaceAll("\0", "").trim().slice(0, longestWord) || null;
}

function isDay(text: string): boolean {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : NaN;
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}

/** Reads the address of the audit page. Never throws. */
export function parseAuditParams(raw: RawSearch): PageParams<AuditParams> {
  const notices: string[] = [];
  const actionText = wordOf(raw["action"]);
  const action = actionText === null ? null : oneOf(auditActions, actionText);
  if (actionText !== null && action === null) notices.push(unknownValue(actionText, "Showing all actions."));
  const dayOf = (name: "from" | "to"): string | null => {
    const text = wordOf(raw[name]);
    if (text === null || isDay(text)) return text;
    notices.push(unknownValue(text, "Write days like 2026-01-31."));
    return null;
  };
  const params = {
    ...{ principal: wordOf(raw["principal"]), action, subject: wordOf(raw["subject"]) },
    ...{ from: dayOf("from"), to: dayOf("to"), cursor: first(raw["cursor"]) || null },
  };
  return { params, notices };
}

function searchOf(params: Readonly<Record<string, string | null>>): string {
  const given = Object.entries(params).flatMap(([name, value]) => (value === null ? [] : [[name, value]]));
  return new URLSearchParams(given).toString();
}

/** The address of the audit page. What narrows nothing is left out. */
export function auditHref(params: AuditParams): `/audit?${string}` | "/audit" {
  const search = searchOf({ ...params });
  return search === "" ? "/audit" : `/audit?${search}`;
}

/** Where the API is asked for what the page shows. */
export function auditQueryAddress({ from, to, ...rest }: AuditParams): string {
  const startOf = (day: string, days: number): string =>
    new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMs).toISOString();
  const search = searchOf({
    ...rest,
    from: from === null ? null : startOf(from, 0),
    to: to === null ? null : startOf(to, 1),
  });
  return search === "" ? "/api/v1/audit" : `/api/v1/audit?${search}`;
}

/** Whether anything narrows the list. */
export function isAuditFiltered({ cursor: _cursor, ...filters }: AuditParams): boolean {
  return Object.values(filters).some((value) => value !== null);
}
