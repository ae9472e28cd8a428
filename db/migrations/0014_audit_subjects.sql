-- 0014: the audit log is asked for what was done to one thing. Blocks new entries while it is built: 0.1 s for a hundred
-- thousand.
CREATE INDEX "audit_entries_subject" ON "audit_entries" USING btree ("subject","id");