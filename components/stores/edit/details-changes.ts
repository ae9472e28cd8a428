import type { DetailsEdit } from "@/lib/client/store-edit-queries";

/** The text of the fields of details. */
interface Details {
  readonly name: string;
  readonly address: string;
}

/**
 * The fields that were changed, so that what others have changed meanwhile is kept; null where none was.
 * @param filled what the fields had at first
 */
export function changedDetails(filled: Details, entered: Details): DetailsEdit | null {
  const edit = {
    ...(entered.name === filled.name ? {} : { name: entered.name }),
    ...(entered.address === filled.address ? {} : { address: entered.address }),
  };
  return Object.keys(edit).length === 0 ? null : edit;
}
