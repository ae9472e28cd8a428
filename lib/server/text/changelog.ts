import { readFile } from "node:fs/promises";
import { join } from "node:path";

/** A kind of change in a release, such as "Added", with a line of Markdown each. */
export interface ChangeGroup {
  readonly title: string;
  readonly items: readonly string[];
}

export interface Release {
  readonly title: string;
  readonly groups: readonly ChangeGroup[];
}

/**
 * Reads a changelog in the format of keepachangelog.com: `## release`, `### kind`, `- change`, of which a change may
 * go on in indented lines. Other text is left out.
 */
export function parseChangelog(text: string): readonly Release[] {
  const releases: { title: string; groups: { title: string; items: string[] }[] }[] = [];
  for (const line of text.split(/\r?\n/)) {
    const [, marks = "", rest = ""] = /^(#{2,3} |- | {2,})(.*)$/.exec(line) ?? [];
    const groups = releases.at(-1)?.groups;
    const items = groups?.at(-1)?.items;
    if (marks === "## ") releases.push({ title: rest.trim(), groups: [] });
    else if (marks === "### ") groups?.push({ title: rest.trim(), items: [] });
    else if (marks === "- ") items?.push(rest.trim());
    else if (marks !== "" && items !== undefined && items.length > 0) {
      items.push(`${items.pop() ?? ""} ${rest.trim()}`);
    }
  }
  return releases;
}

/** A part of a line: plain, or set as code. */
interface TextPart {
  readonly text: string;
  readonly isCode: boolean;
}

/** Splits a line of Markdown at its code; emphasis is left out, and of a link its text is kept. */
export function partsOfLine(markdown: string): readonly TextPart[] {
  return markdown
    .split(/(`[^`]+`)/)
    .filter((part) => part !== "")
    .map((part) =>
      /^`.+`$/.test(part)
        ? { text: part.slice(1, -1), isCode: true }
        : { text: part.replaceAll("**", "").replace(/\[([^\]]+)\]\([^)]*\)/g, "$1"), isCode: false },
    );
}

/** The changelog of this product, newest first. */
export async function readChangelog(): Promise<readonly Release[]> {
  return parseChangelog(await readFile(join(process.cwd(), "CHANGELOG.md"), "utf8"));
}
