import Link from "next/link";
import { buttonClass } from "@/components/ui/button";
import type { Import } from "@/lib/contract/imports";
import { nextStepText } from "./next-step-text";
import { undoText } from "./undo-text";

/** What to do after an import has ended, and why it cannot be undone where it cannot. */
export function NextStep({ value }: { value: Import }) {
  const next = nextStepText(value);
  const undo = undoText(value);
  if (next === null && undo === null) return null;
  return (
    <div className="border-line mt-4 grid gap-2 border-t pt-3">
      {next !== null && (
        <>
          <p className="text-pretty">{next}</p>
          <p className="flex flex-wrap gap-2">
            <Link href="/imports" className={buttonClass()}>
              Upload another file
            </Link>
            {!value.dry_run && (
              <>
                <Link href="/" className={buttonClass()}>
                  View stores
                </Link>
                <Link href="/data-quality" className={buttonClass()}>
                  Check data quality
                </Link>
              </>
            )}
          </p>
        </>
      )}
      {undo !== null && <p className="text-muted text-pretty">{undo}</p>}
    </div>
  );
}
