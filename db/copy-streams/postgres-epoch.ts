/** 2000-01-01T00:00:00Z, from which PostgreSQL counts dates and microseconds, in ms since 1970. */
export const postgresEpochMs = 946_684_800_000;
