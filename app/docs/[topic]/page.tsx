import type { Metadata, Route } from "next";
import { notFound } from "next/navigation";
import { docsOrigin } from "@/app/docs/docs-origin";
import { DocsShell } from "@/app/docs/docs-shell";
import { OperationEntry } from "@/app/docs/operation-entry";
import { topics, type Topic } from "@/app/docs/topics";
import { SegmentedLinks } from "@/components/ui/segmented-links";
import { first } from "@/lib/client/raw-search";
import { sampleLanguages, type SampleLanguage } from "@/lib/contract/code-samples";
import { oneOf } from "@/lib/contract/enums";
import { accessMode } from "@/lib/server/access/mode";

const languageText: Record<SampleLanguage, string> = { curl: "curl", javascript: "JavaScript", python: "Python" };

function topicOf(slug: string): Topic {
  return topics.find((one) => one.slug === slug) ?? notFound();
}

export async function generateMetadata({ params }: PageProps<"/docs/[topic]">): Promise<Metadata> {
  return { title: `API: ${topicOf((await params).topic).tag}` };
}

/** The operations of one topic, with code in the chosen language. */
export default async function TopicPage({ params, searchParams }: PageProps<"/docs/[topic]">) {
  const { slug, tag, members } = topicOf((await params).topic);
  const language = oneOf(sampleLanguages, first((await searchParams)["lang"]) ?? "") ?? "curl";
  const origin = await docsOrigin();
  const guarded = accessMode() === "required";
  return (
    <DocsShell current={slug}>
      <div className="mb-4 flex flex-wrap items-center justify-between gap-3">
        <h1 className="text-xl font-semibold tracking-tight">API: {tag}</h1>
        <SegmentedLinks
          label="Language of the examples"
          choices={sampleLanguages.map((one) => ({
            href: (one === "curl" ? `/docs/${slug}` : `/docs/${slug}?lang=${one}`) as Route,
            label: languageText[one],
            chosen: one === language,
          }))}
        />
      </div>
      <div className="space-y-4">
        {members.map((operation) => (
          <OperationEntry
            key={operation.id}
            operation={operation}
            origin={origin}
            guarded={guarded}
            language={language}
          />
        ))}
      </div>
    </DocsShell>
  );
}
