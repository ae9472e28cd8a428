import { UnreadablePoll } from "@/lib/server/wire/unreadable-poll";
import { rowFaultReasons } from "@/lib/server/text/row-faults";
import { canonicalStoreId } from "@/lib/contract/store-id";
import { storeIdFault } from "@/lib/server/text/store-id-rule";
import { TimestampReader } from "@/lib/server/text/timestamp";
import type { EpochMs, Poll } from "@/lib/uptime/types";

export interface LivePoll extends Poll {
  readonly storeId: string;
}

/** Why a poll is rejected. */
export interface PollFault {
  readonly code: string;
  readonly detail: string;
}

const fields = new Set(["store_id", "at", "status"]);

const reasons = {
  ...rowFaultReasons,
  invalid_type: 'a poll is an object like {"store_id", "at", "status"}',
  unknown_field: "a poll has the fields store_id, at and status, and no others",
  store_id_must_be_string: "store ids are strings: sent as a number, this one has already lost digits",
} as const;

type FaultCode = keyof typeof reasons;

const fault = (code: FaultCode, detail: string = reasons[code]): PollFault => ({ code, detail });

export function isPollFault(judged: LivePoll | PollFault): judged is PollFault {
  return "code" in judged;
}

/** Longer than any accepted id or instant. */
const longestText = 128;

/** Validates polls by the rules for rows of a polls file, so that both ways in accept the same polls. */
export class PollRules {
  readonly #timestamps: TimestampReader;
  readonly #bytes = Buffer.alloc(longestText * 4);

  /** @param now our clock */
  constructor(now: EpochMs) {
    this.#timestamps = new TimestampReader(now);
  }

  judge(value: unknown): LivePoll | PollFault {
    if (value instanceof UnreadablePoll) return { code: value.code, detail: value.detail };
    if (typeof value !== "object" || value === null || Array.isArray(value)) return fault("invalid_type");
    for (const name in value) if (!fields.has(name)) return fault("unknown_field");
    const id = "store_id" in value ? value.store_id : undefined;
    if (id === undefined || id === null) return fault("missing_store_id");
    if (typeof id === "number") return fault("store_id_must_be_string");
    if (typeof id !== "string") return fault("bad_store_id");
    const storeId = id.trim();
    const badId = storeIdFault(this.#bytes, 0, this.#write(storeId));
    if (badId !== null) return fault(badId.code, badId.reason);

    const at = this.#instant("at" in value ? value.at : undefined);
    if (typeof at !== "number") return at;
    const said = "status" in value && typeof value.status === "string" ? value.status.trim().toLowerCase() : "";
    if (said !== "active" && said !== "inactive") return fault("bad_status");
    return { storeId: canonicalStoreId(storeId), at, status: said };
  }

  #instant(value: unknown): EpochMs | PollFault {
    if (value === undefined || value === null) return fault("missing_timestamp");
    // A number is read as its text: epoch times and spreadsheet serial dates get a reason of their own.
    if (typeof value !== "string" && typeof value !== "number") return fault("bad_timestamp");
    const text = String(value).trim();
    if (text.length > longestText) return fault("bad_timestamp");
    const at = this.#timestamps.read(this.#bytes, 0, this.#write(text));
    if (!Number.isNaN(at)) return at;
    const { code, reason } = this.#timestamps.fault;
    return fault(code, reason);
  }

  #write(text: string): number {
    return this.#bytes.write(text.length > longestText ? text.slice(0, longestText) : text, "utf8");
  }
}
