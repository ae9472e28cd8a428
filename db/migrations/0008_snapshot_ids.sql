-- 0008: snapshots take their ids from a sequence of their own, so that the reports people ask for are numbered 1, 2, 3. It
-- starts far above those, and so above the snapshots made before, which stay the older ones. Locks nothing.
CREATE SEQUENCE "public"."snapshot_ids" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1000000000000 CACHE 1;
