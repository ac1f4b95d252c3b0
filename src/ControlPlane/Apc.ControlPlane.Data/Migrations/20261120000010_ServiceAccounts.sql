CREATE TABLE houston$default."ServiceAccountKey" (
    "publicId" character varying(64) NOT NULL,
    "serviceAccountId" uuid NOT NULL,
    "secretHash" bytea NOT NULL,
    "createdAt" timestamp with time zone NOT NULL,
    "expiresAt" timestamp with time zone,
    "lastUsedAt" timestamp with time zone,
    CONSTRAINT "PK_ServiceAccountKey" PRIMARY KEY ("publicId"),
    CONSTRAINT "FK_ServiceAccountKey_ServiceAccount_serviceAccountId" FOREIGN KEY ("serviceAccountId") REFERENCES houston$default."ServiceAccount" (id) ON DELETE CASCADE
);
CREATE INDEX "IX_ServiceAccountKey_serviceAccountId" ON houston$default."ServiceAccountKey" ("serviceAccountId");
CREATE UNIQUE INDEX "UX_ServiceAccountKey_current" ON houston$default."ServiceAccountKey" ("serviceAccountId") WHERE "expiresAt" IS NULL;

INSERT INTO houston$default."ServiceAccountKey" ("publicId", "serviceAccountId", "secretHash", "createdAt", "lastUsedAt")
SELECT "publicId", id, "secretHash", "createdAt", "lastUsedAt" FROM houston$default."ServiceAccount";

-- The accounts that there are belong to the platform.
DROP TRIGGER notify_changed ON houston$default."ServiceAccount";
ALTER TABLE houston$default."ServiceAccount"
    DROP COLUMN "publicId",
    DROP COLUMN "secretHash",
    ADD COLUMN "entityType" character varying(16) NOT NULL DEFAULT 'SYSTEM',
    ADD COLUMN "workspaceId" uuid,
    ADD COLUMN "deploymentId" uuid,
    ADD COLUMN "clusterId" uuid,
    ADD CONSTRAINT "CK_ServiceAccount_entity" CHECK (num_nonnulls("workspaceId", "deploymentId", "clusterId") <= 1 AND "entityType" = CASE WHEN "workspaceId" IS NOT NULL THEN 'WORKSPACE' WHEN "deploymentId" IS NOT NULL THEN 'DEPLOYMENT' WHEN "clusterId" IS NOT NULL THEN 'CLUSTER' ELSE 'SYSTEM' END),
    ADD CONSTRAINT "FK_ServiceAccount_Cluster_clusterId" FOREIGN KEY ("clusterId") REFERENCES houston$default."Cluster" (id) ON DELETE CASCADE,
    ADD CONSTRAINT "FK_ServiceAccount_Deployment_deploymentId" FOREIGN KEY ("deploymentId") REFERENCES houston$default."Deployment" (id) ON DELETE CASCADE,
    ADD CONSTRAINT "FK_ServiceAccount_Workspace_workspaceId" FOREIGN KEY ("workspaceId") REFERENCES houston$default."Workspace" (id) ON DELETE CASCADE;
ALTER TABLE houston$default."ServiceAccount" ALTER COLUMN "entityType" DROP DEFAULT;
CREATE INDEX "IX_ServiceAccount_clusterId" ON houston$default."ServiceAccount" ("clusterId");
CREATE INDEX "IX_ServiceAccount_deploymentId" ON houston$default."ServiceAccount" ("deploymentId");
CREATE INDEX "IX_ServiceAccount_workspaceId" ON houston$default."ServiceAccount" ("workspaceId");

-- Uses are written to the same rows as before, to keys too, and are nobody's business.
CREATE TRIGGER notify_changed AFTER UPDATE OF label, active, "expiresAt" ON houston$default."ServiceAccount"
    FOR EACH ROW EXECUTE FUNCTION houston$default.notify_access();

CREATE TRIGGER notify_changed AFTER UPDATE OF "secretHash", "expiresAt" ON houston$default."ServiceAccountKey"
    FOR EACH ROW EXECUTE FUNCTION houston$default.notify_access();

CREATE TRIGGER notify_deleted AFTER DELETE ON houston$default."ServiceAccountKey"
    FOR EACH ROW WHEN (OLD."expiresAt" IS NULL OR OLD."expiresAt" > now()) EXECUTE FUNCTION houston$default.notify_access();
