-- 0033: the stores that a webhook is limited to; null: all, as the program of before takes every webhook. Writes no row.
ALTER TABLE "webhooks" ADD COLUMN "store_keys" integer[];
