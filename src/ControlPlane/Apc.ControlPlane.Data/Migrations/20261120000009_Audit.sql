ALTER TABLE houston$default."AuditLog"
    ADD COLUMN "actorEmail" character varying(320),
    ADD COLUMN "actorRoles" text[],
    ADD COLUMN "clientType" character varying(16),
    ADD COLUMN variables json,
    ADD COLUMN "errorCode" character varying(64);

-- One in the order of the list for each filter, so that a page is a walk along it.
DROP INDEX houston$default."IX_AuditLog_entity";
CREATE INDEX "IX_AuditLog_actorId" ON houston$default."AuditLog" ("actorId", at DESC, id DESC);
CREATE INDEX "IX_AuditLog_entityType" ON houston$default."AuditLog" ("entityType", at DESC, id DESC);
CREATE INDEX "IX_AuditLog_entityId" ON houston$default."AuditLog" ("entityId", at DESC, id DESC);
CREATE INDEX "IX_AuditLog_action" ON houston$default."AuditLog" (action, at DESC, id DESC);
CREATE INDEX "IX_AuditLog_outcome" ON houston$default."AuditLog" (outcome, at DESC, id DESC);

-- Counts read the indexes alone as long as the rows are known to be visible to everybody: that knowledge is renewed after each 2 % of new rows, not 20 %.
ALTER TABLE houston$default."AuditLog" SET (
    autovacuum_vacuum_insert_scale_factor = 0.02, autovacuum_vacuum_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05);
