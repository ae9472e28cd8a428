import type { AuditList } from "@/lib/contract/access";

type Principal = Pick<AuditList["entries"][number], "principal" | "name">;

/** Who acted: "Maria", "Key POS", "System". */
export function principalText({ principal, name }: Principal): string {
  const [kind = "", id = ""] = principal.split(":", 2);
  switch (kind) {
    case "person":
      return name ?? `Removed user ${id}`;
    case "key":
      return `Key ${name ?? id}`;
    case "system":
      return "System";
    case "open":
      return "Anyone (no sign-in)";
    case "anonymous":
      return "Someone";
    default:
      return principal;
  }
}
