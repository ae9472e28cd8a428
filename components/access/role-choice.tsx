import { roles } from "@/lib/contract/enums";
import type { Role } from "@/lib/contract/access";
import { roleText } from "./access-text";

/** What a person may be. @param name of the group of radio buttons, unique in the page */
export function RoleChoice({ name, value, onChange }: { name: string; value: Role; onChange: (role: Role) => void }) {
  return (
    <fieldset>
      <legend className="mb-1 font-medium">Role</legend>
      <div className="grid gap-2">
        {roles.map((role) => (
          <label key={role} className="flex items-start gap-2">
            <input
              type="radio"
              name={name}
              className="mt-0.5 size-4 shrink-0"
              checked={value === role}
              onChange={() => {
                onChange(role);
              }}
            />
            <span>
              <span className="font-medium">{roleText[role].name}</span>{" "}
              <span className="text-muted">{roleText[role].may}</span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
