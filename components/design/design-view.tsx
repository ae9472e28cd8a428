"use client";

import clsx from "clsx";
import { CircleCheck, CircleSlash, CircleX, Clock, LoaderCircle } from "lucide-react";
import type { ReactNode } from "react";
import { StateMarks, StatePill } from "@/components/stores/state-pill";
import { Button } from "@/components/ui/button";
import { CodeBlock } from "@/components/ui/code-block";
import { ConfirmButton } from "@/components/ui/confirm-button";
import { CopyButton } from "@/components/ui/copy-button";
import { CopyableId } from "@/components/ui/copyable-id";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorView } from "@/components/ui/error-view";
import { Field, FormError, inputClass } from "@/components/ui/field";
import { Legend } from "@/components/ui/legend";
import { Notice } from "@/components/ui/notice";
import { Panel } from "@/components/ui/panel";
import { ProgressBar } from "@/components/ui/progress-bar";
import { SegmentedLinks } from "@/components/ui/segmented-links";
import { ShownOnce } from "@/components/ui/shown-once";
import { SplitBar } from "@/components/ui/split-bar";
import { StateBadge } from "@/components/ui/state-badge";
import { listedStates } from "@/lib/contract/enums";

const surfaces = ["bg-page", "bg-panel", "bg-sunken", "bg-accent-soft", "bg-up-soft", "bg-down-soft", "bg-accent"];
const texts = ["text-ink", "text-muted", "text-accent", "text-up-ink", "text-down-ink"];
const nothing = () => undefined;

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Panel title={title} id={title.toLowerCase().replaceAll(" ", "-")}>
      <div className="grid gap-3">{children}</div>
    </Panel>
  );
}

function Row({ children, className }: { children: ReactNode; className?: string }) {
  return <div className={clsx("flex flex-wrap items-center gap-2", className)}>{children}</div>;
}

function Badges() {
  return (
    <Group title="States">
      <StateMarks />
      {/* The list of stores sets the size of the marks of small pills. */}
      <Row className="[&_svg]:size-3.5">
        {listedStates.map((state) => (
          <StatePill key={state} state={state} />
        ))}
        {listedStates.map((state) => (
          <StatePill key={`stale ${state}`} state={state} stale />
        ))}
      </Row>
      <Row>
        {listedStates.map((state) => (
          <StatePill key={state} state={state} size="large" />
        ))}
      </Row>
      <Row>
        <StateBadge tone="waiting" icon={Clock}>
          Queued
        </StateBadge>
        <StateBadge tone="busy" icon={LoaderCircle}>
          Running
        </StateBadge>
        <StateBadge tone="good" icon={CircleCheck}>
          Complete
        </StateBadge>
        <StateBadge tone="bad" icon={CircleX}>
          Failed
        </StateBadge>
        <StateBadge tone="ended" icon={CircleSlash}>
          Cancelled
        </StateBadge>
      </Row>
    </Group>
  );
}

function Controls() {
  return (
    <Group title="Controls">
      <Row>
        <Button look="primary">Primary</Button>
        <Button>Secondary</Button>
        <Button look="primary" aria-disabled>
          Busy…
        </Button>
        <CopyButton label="Copy" text={() => "Copied from the design page"} />
        <CopyButton small label="Copy" text={() => "Copied from the design page"} />
        <CopyableId id="8419537941919820732" of="store ID" />
        <ConfirmButton
          label="Delete"
          question="Delete it?"
          consequence="This can’t be undone."
          action="Delete"
          busy={false}
          error={null}
          onConfirm={(close) => {
            close();
          }}
        />
      </Row>
      <SegmentedLinks
        label="Example"
        choices={[
          { href: "/", label: "Chosen", chosen: true },
          { href: "/reports", label: "Other", chosen: false },
          { href: null, label: "Not yet", chosen: false },
        ]}
      />
      <Field id="example-field" label="Field" hint="What helps to fill it in right the first time." />
      <Field id="example-fault" label="Field with a fault" fault="What is wrong with its value, and what to do." />
      <Field id="example-disabled" label="Disabled field" disabled defaultValue="Unchanged" />
      <div>
        <label htmlFor="example-select" className="mb-1 block font-medium">
          Choice
        </label>
        <select id="example-select" className={inputClass}>
          <option>First</option>
          <option>Second</option>
        </select>
      </div>
      <FormError>What went wrong with a form, and what to do.</FormError>
    </Group>
  );
}

function Messages() {
  return (
    <Group title="Messages">
      <Notice>Something to know.</Notice>
      <Notice tone="warn">Something that changes how the figures are to be read.</Notice>
      <ErrorView title="Couldn’t load this" error={new Error("Can’t reach the server.")} onRetry={nothing} />
      <EmptyState title="Nothing yet">
        <p>Why it is empty, and the next step.</p>
      </EmptyState>
      <ShownOnce label="Example secret" title="Copy it now" secret="sm_live_example" copyLabel="Copy secret">
        A secret that is shown once.
      </ShownOnce>
    </Group>
  );
}

function Figures() {
  return (
    <Group title="Figures">
      <Legend gap />
      <SplitBar className="h-2" up={1} down={0} unknown={0} />
      <SplitBar className="h-2" up={0.5} down={0.3} unknown={0.2} />
      <SplitBar className="h-2" up={0} down={0} unknown={1} />
      <SplitBar className="h-2" up={0} down={0} unknown={0} />
      <ProgressBar label="Not known" value={null} text="Starting" />
      <ProgressBar label="Under way" value={0.4} text="40 of 100" />
      <ProgressBar label="Done" value={1} text="100 of 100" />
      <div className="skeleton h-16" />
      <CodeBlock label="Example code" text="curl http://127.0.0.1:8000/api/v1/fleet" />
    </Group>
  );
}

/** Every component of the interface in its states, for those who change them. */
export function DesignView() {
  return (
    <>
      <h1 className="mb-4 text-xl font-semibold tracking-tight">Design</h1>
      <div className="grid grid-cols-1 items-start gap-3 lg:grid-cols-2">
        <Group title="Colours">
          <Row>
            {surfaces.map((name) => (
              <span key={name} className="grid gap-1 text-xs">
                <span className={`${name} border-line-strong block h-10 w-24 rounded-md border`} />
                {name}
              </span>
            ))}
          </Row>
          <Row>
            {texts.map((name) => (
              <span key={name} className={`${name} font-medium`}>
                {name}
              </span>
            ))}
          </Row>
        </Group>
        <Badges />
        <Controls />
        <Messages />
        <Figures />
      </div>
    </>
  );
}
