import { operationTags, type Operation, type OperationTag } from "@/lib/contract/operation";
import { operations } from "@/lib/contract/operations";

/** Last part of the path of a topic's page. */
type TopicSlug = Lowercase<OperationTag>;

/** A page of the docs: the operations of one tag. */
export interface Topic {
  readonly slug: TopicSlug;
  readonly tag: OperationTag;
  readonly members: readonly Operation[];
}

function slugOf(tag: OperationTag): TopicSlug {
  return tag.toLowerCase() as TopicSlug;
}

export const topics: readonly Topic[] = operationTags
  .map((tag) => ({ slug: slugOf(tag), tag, members: operations.filter((one) => one.tag === tag) }))
  .filter(({ members }) => members.length > 0);

/** Where an operation is described. */
export function operationHref({ id, tag }: Pick<Operation, "id" | "tag">): `/docs/${TopicSlug}#${string}` {
  return `/docs/${slugOf(tag)}#${id}`;
}

/** The operations whose description has all the words, in any case and order. */
export function findOperations(text: string): readonly Operation[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return operations.filter(({ id, method, path, summary, description = "", tag }) => {
    const all = [id, method, path, summary, description, tag].join(" ").toLowerCase();
    return words.every((word) => all.includes(word));
  });
}
