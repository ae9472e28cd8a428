-- 0035: the filter that selected the stores of a report; null: none did, also for reports of the program of before. Writes
-- no row.
ALTER TABLE "reports" ADD COLUMN "filter" jsonb;
