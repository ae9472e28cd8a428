import { useId } from "react";
import { FormError } from "@/components/ui/field";
import { webhookEventTypes, type WebhookEventType } from "@/lib/contract/enums";
import { eventText } from "./webhook-text";

interface EventChoiceProps {
  readonly chosen: readonly WebhookEventType[];
  /** What is wrong with the choice. */
  readonly fault: string | null;
  readonly onChange: (chosen: WebhookEventType[]) => void;
}

/** The events that a webhook subscribes to. */
export function EventChoice({ chosen, fault, onChange }: EventChoiceProps) {
  const faultId = useId();
  return (
    <fieldset aria-describedby={fault === null ? undefined : faultId}>
      <legend className="mb-1 font-medium">Events</legend>
      <div className="grid gap-1.5">
        {webhookEventTypes.map((type) => (
          <label key={type} className="flex items-start gap-2">
            <input
              type="checkbox"
              className="mt-0.5 size-4 shrink-0"
              checked={chosen.includes(type)}
              onChange={({ target }) => {
                onChange(webhookEventTypes.filter((one) => (one === type ? target.checked : chosen.includes(one))));
              }}
            />
            <span>
              {eventText[type]} <code className="text-muted font-mono text-xs">{type}</code>
            </span>
          </label>
        ))}
      </div>
      {fault !== null && <FormError id={faultId}>{fault}</FormError>}
    </fieldset>
  );
}
