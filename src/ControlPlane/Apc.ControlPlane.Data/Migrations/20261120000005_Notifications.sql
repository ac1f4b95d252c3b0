-- Which transaction wrote an event. Ids are given before transactions commit, and those commit in any order; so a reader keeps the snapshot that it
-- has read with, and reads next the events whose transactions that one did not see.
ALTER TABLE houston$default."OutboxEvent" ADD COLUMN "xactId" xid8 NOT NULL DEFAULT pg_current_xact_id();
CREATE INDEX "IX_OutboxEvent_xactId" ON houston$default."OutboxEvent" ("xactId");

-- Told in the transaction that writes, whoever writes; heard when it has committed, by replicas with subscribers.
CREATE FUNCTION houston$default.notify_events() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    newest bigint;
BEGIN
    SELECT max(id) INTO newest FROM new_rows;

    -- A statement that inserts nothing fires too.
    IF newest IS NOT NULL THEN
        PERFORM pg_notify('apc_events', newest::text);
    END IF;

    RETURN NULL;
END
$$;

CREATE TRIGGER notify_inserted AFTER INSERT ON houston$default."OutboxEvent"
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION houston$default.notify_events();

CREATE FUNCTION houston$default.notify_sync_run() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('apc_sync_runs', NEW.id::text);
    RETURN NULL;
END
$$;

-- Renewals of the lease are nobody's business.
CREATE TRIGGER notify_changed AFTER UPDATE ON houston$default."ClusterSyncRun" FOR EACH ROW
    WHEN ((OLD.successful, OLD.failed, OLD.skipped, OLD.replica, OLD.outcome, OLD.suspect, OLD."endedAt")
        IS DISTINCT FROM (NEW.successful, NEW.failed, NEW.skipped, NEW.replica, NEW.outcome, NEW.suspect, NEW."endedAt"))
    EXECUTE FUNCTION houston$default.notify_sync_run();
