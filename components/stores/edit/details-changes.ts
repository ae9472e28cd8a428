import type { DetailsEdit } from "@/lib/client/store-edit-queries";
import type { Lifecycle } from "@/lib/contract/enums";

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

/** The fields of a store's status and tags. */
interface StatusAndTags {
  readonly tags: readonly string[];
  readonly lifecycle: Lifecycle;
}

/** Like `changedDetails`: all tags where one was changed, the status where it was. */
export function changedStatusAndTags(filled: StatusAndTags, entered: StatusAndTags): DetailsEdit | null {
  const edit = {
    ...(entered.tags.join() === filled.tags.join() ? {} : { tags: [...entered.tags] }),
    ...(entered.lifecycle === filled.lifecycle ? {} : { lifecycle: entered.lifecycle }),
  };
  return Object.keys(edit).length === 0 ? null : edit;
}
