import type { Database } from "@/db/client";

export const rateLimitsTable = "rate_limits";

/** A statement as the limiter's library writes it. */
export interface LimiterStatement {
  readonly text: string;
  readonly values?: readonly (string | number | null)[];
}

/** The part of a connection pool that the limiter's library uses. */
export interface LimiterStore {
  query(statement: LimiterStatement): Promise<{ readonly rows: readonly object[]; readonly rowCount: number }>;
}

export function limiterStore({ sql }: Database): LimiterStore {
  return {
    query: async ({ text, values = [] }) => {
      const rows = await sql.unsafe(text, [...values], { prepare: true });
      return { rows, rowCount: rows.count };
    },
  };
}
