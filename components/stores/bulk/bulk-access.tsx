import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { selectClass } from "@/components/stores/label-select";
import { FormError } from "@/components/ui/field";
import { peopleQueries } from "@/lib/client/access-queries";
import { accessLevels, type AccessLevel } from "@/lib/contract/enums";
import type { BulkValues } from "./bulk-action";

const levelText: Record<AccessLevel, string> = { view: "Can view", edit: "Can edit", none: "No access" };

interface BulkAccessProps {
  readonly values: Pick<BulkValues, "personId" | "level">;
  readonly onChange: (part: Partial<BulkValues>) => void;
}

/** Who gets the stores, and what they may do with them. */
export function BulkAccess({ values, onChange }: BulkAccessProps) {
  const { data, error } = useQuery(peopleQueries.people());
  const owners = data?.people.filter(({ role }) => role === "owner") ?? [];
  if (error) return <FormError>{error.message}</FormError>;
  if (data !== undefined && owners.length === 0) {
    return (
      <p className="text-muted text-pretty">
        No owners yet, and operators see every store. Invite an owner under{" "}
        <Link href="/people" className="text-accent underline">
          Settings, People
        </Link>
        .
      </p>
    );
  }
  return (
    <>
      <label className="grid gap-1 font-medium">
        User
        <select
          value={values.personId}
          className={selectClass}
          onChange={({ target }) => {
            onChange({ personId: target.value });
          }}
        >
          <option value="">Choose an owner</option>
          {owners.map(({ id, name, email }) => (
            <option key={id} value={id}>
              {name} ({email})
            </option>
          ))}
        </select>
      </label>
      <fieldset className="flex flex-wrap gap-x-5 gap-y-1">
        <legend className="mb-1 font-medium">Access</legend>
        {accessLevels.map((level) => (
          <label key={level} className="flex min-h-8 items-center gap-2">
            <input
              type="radio"
              name="bulk-level"
              checked={values.level === level}
              onChange={() => {
                onChange({ level });
              }}
            />
            {levelText[level]}
          </label>
        ))}
      </fieldset>
    </>
  );
}
