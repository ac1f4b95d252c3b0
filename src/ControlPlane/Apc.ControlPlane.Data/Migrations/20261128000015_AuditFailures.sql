-- One row may stand for many failures of a kind: how many, and when the last one was.
ALTER TABLE houston$default."AuditLog"
    ADD COLUMN count integer NOT NULL DEFAULT 1,
    ADD COLUMN "lastAt" timestamp with time zone;
