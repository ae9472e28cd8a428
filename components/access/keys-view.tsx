"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { AsyncPanel } from "@/components/ui/async-panel";
import { Panel } from "@/components/ui/panel";
import { keyQueries } from "@/lib/client/access-queries";
import type { Key } from "@/lib/contract/access";
import type { Scope } from "@/lib/contract/scopes";
import { SettingsTabs } from "./settings-tabs";
import { CreateKeyForm } from "./create-key-form";
import { KeyRow } from "./key-row";
import { NewKey } from "./new-key";

interface KeysViewProps {
  /** What a new key may be allowed to do: what its maker may. */
  readonly offered: readonly Scope[];
  readonly isOperator: boolean;
}

/** The keys by which programs get in, an owner's own or all of them, and a new one. */
export function KeysView({ offered, isOperator }: KeysViewProps) {
  const keys = useQuery(keyQueries.list());
  const [made, setMade] = useState<Key | null>(null);
  return (
    <>
      <SettingsTabs title="Keys" current="/keys" all={isOperator} />
      {made && <NewKey value={made} />}
      <div className="grid items-start gap-3 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <Panel title="Keys" id="keys">
          <AsyncPanel what="keys" query={keys} height="h-48">
            {(data) =>
              data.keys.length === 0 ? (
                <p className="text-muted">No keys yet. Programs need one to send checks or fetch reports.</p>
              ) : (
                <ul aria-label="Keys" className="divide-line -my-3 divide-y">
                  {data.keys.map((key) => (
                    <KeyRow key={key.id} value={key} onRotated={setMade} />
                  ))}
                </ul>
              )
            }
          </AsyncPanel>
        </Panel>
        <CreateKeyForm offered={offered} onCreated={setMade} />
      </div>
    </>
  );
}
