-- The tables as the model has them: a test compares the two. PostgreSQL 15 or newer (NULLS NOT DISTINCT).

CREATE SEQUENCE houston$default."ClusterOrder" START WITH 1 INCREMENT BY 1 NO CYCLE;

CREATE TABLE houston$default."User" (
    id uuid NOT NULL,
    username character varying(320) NOT NULL,
    "fullName" character varying(255),
    status character varying(16) NOT NULL,
    "passwordHash" text,
    "createdAt" timestamp with time zone NOT NULL,
    "updatedAt" timestamp with time zone NOT NULL,
    CONSTRAINT "PK_User" PRIMARY KEY (id)
);
CREATE INDEX "IX_User_username" ON houston$default."User" (lower(username));

CREATE TABLE houston$default."Email" (
    id uuid NOT NULL,
    address character varying(320) NOT NULL,
    "primary" boolean NOT NULL,
    verified boolean NOT NULL,
    "userId" uuid NOT NULL,
    "createdAt" timestamp with time zone NOT NULL,
    "updatedAt" timestamp with time zone NOT NULL,
    CONSTRAINT "PK_Email" PRIMARY KEY (id),
    CONSTRAINT "FK_Email_User_userId" FOREIGN KEY ("userId") REFERENCES houston$default."User" (id) ON DELETE CASCADE
);
CREATE INDEX "IX_Email_userId" ON houston$default."Email" ("userId");
CREATE UNIQUE INDEX "UX_Email_address" ON houston$default."Email" (lower(address));

CREATE TABLE houston$default."UserToken" (
    "publicId" character varying(64) NOT NULL,
    "secretHash" bytea NOT NULL,
    "userId" uuid NOT NULL,
    "createdAt" timestamp with time zone NOT NULL,
    "expiresAt" timestamp with time zone NOT NULL,
    "revokedAt" timestamp with time zone,
    CONSTRAINT "PK_UserToken" PRIMARY KEY ("publicId"),
    CONSTRAINT "FK_UserToken_User_userId" FOREIGN KEY ("userId") REFERENCES houston$default."User" (id) ON DELETE CASCADE
);
CREATE INDEX "IX_UserToken_expiresAt" ON houston$default."UserToken" ("expiresAt");
CREATE INDEX "IX_UserToken_userId" ON houston$default."UserToken" ("userId");

CREATE TABLE houston$default."Workspace" (
    id uuid NOT NULL,
    label character varying(255) NOT NULL,
    description text,
    "createdAt" timestamp with time zone NOT NULL,
    "updatedAt" timestamp with time zone NOT NULL,
    CONSTRAINT "PK_Workspace" PRIMARY KEY (id)
);
CREATE UNIQUE INDEX "UX_Workspace_label" ON houston$default."Workspace" (label);

-- A sweep changes payloads, which stand in no index: room in each page to rewrite such rows in place.
CREATE TABLE houston$default."Cluster" (
    id uuid NOT NULL,
    name character varying(255) NOT NULL,
    status character varying(16) NOT NULL,
    "statusReason" json,
    "healthStatus" json,
    "payloadHash" bigint NOT NULL,
    "k8sVersion" character varying(255),
    "k8sVersionKey" bigint GENERATED ALWAYS AS (coalesce(substring("k8sVersion" from '^[^0-9]*([0-9]{1,5})')::bigint, 0) * 10000000000
+ coalesce(substring("k8sVersion" from '^[^0-9]*[0-9]+\.([0-9]{1,5})')::bigint, 0) * 100000
+ coalesce(substring("k8sVersion" from '^[^0-9]*[0-9]+\.[0-9]+\.([0-9]{1,5})')::bigint, 0)) STORED NOT NULL,
    "cloudProvider" character varying(255),
    "cloudProviderKey" text GENERATED ALWAYS AS (lower(coalesce("cloudProvider", ''))) STORED NOT NULL,
    region character varying(255),
    "regionKey" text GENERATED ALWAYS AS (lower(coalesce(region, ''))) STORED NOT NULL,
    "dpChartVersion" character varying(255),
    "commanderVersion" character varying(255),
    "airflowChartVersion" character varying(255),
    "baseDomain" character varying(255),
    "dataplaneUrl" character varying(2048),
    "dataplaneId" character varying(255),
    "metadataUrl" character varying(2048) NOT NULL,
    config json,
    "configOverride" json,
    "workspaceIds" uuid[] NOT NULL DEFAULT ('{}'),
    "createdAt" timestamp with time zone NOT NULL,
    "updatedAt" timestamp with time zone NOT NULL,
    "statusChangedAt" timestamp with time zone NOT NULL,
    "searchText" text GENERATED ALWAYS AS (lower(name || E'\n' || coalesce("baseDomain", '') || E'\n' || id::text)) STORED NOT NULL,
    CONSTRAINT "PK_Cluster" PRIMARY KEY (id),
    CONSTRAINT "CK_Cluster_status" CHECK (status in ('ACTIVE', 'INACTIVE'))
)
WITH (fillfactor = 85, autovacuum_vacuum_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05);
CREATE INDEX "IX_Cluster_cloudProvider_region_createdAt" ON houston$default."Cluster" ("cloudProviderKey", "regionKey", "createdAt" DESC, id DESC);
CREATE INDEX "IX_Cluster_createdAt" ON houston$default."Cluster" ("createdAt" DESC, id DESC);
CREATE INDEX "IX_Cluster_k8sVersion" ON houston$default."Cluster" ("k8sVersionKey", id);
CREATE INDEX "IX_Cluster_region_createdAt" ON houston$default."Cluster" ("regionKey", "createdAt" DESC, id DESC);
CREATE INDEX "IX_Cluster_status_cloudProvider_region_createdAt" ON houston$default."Cluster" (status, "cloudProviderKey", "regionKey", "createdAt" DESC, id DESC);
CREATE INDEX "IX_Cluster_status_createdAt" ON houston$default."Cluster" (status, "createdAt" DESC, id DESC);
CREATE UNIQUE INDEX "UX_Cluster_baseDomain" ON houston$default."Cluster" ("baseDomain");
CREATE UNIQUE INDEX "UX_Cluster_metadataUrl" ON houston$default."Cluster" ("metadataUrl");
CREATE UNIQUE INDEX "UX_Cluster_name" ON houston$default."Cluster" (name);

-- Pages read the payload and the reason, never the configuration: the latter leaves the row first when the row grows too wide.
ALTER TABLE houston$default."Cluster"
    ALTER COLUMN "healthStatus" SET STORAGE MAIN,
    ALTER COLUMN "statusReason" SET STORAGE MAIN;

-- Faster to unpack than the default; a server may be built without it.
DO $$
BEGIN
    ALTER TABLE houston$default."Cluster"
        ALTER COLUMN "healthStatus" SET COMPRESSION lz4,
        ALTER COLUMN "statusReason" SET COMPRESSION lz4,
        ALTER COLUMN config SET COMPRESSION lz4,
        ALTER COLUMN "configOverride" SET COMPRESSION lz4;
EXCEPTION WHEN feature_not_supported THEN
    NULL;
END
$$;

-- Rewritten whole by every sweep, always in place.
CREATE TABLE houston$default."ClusterObservation" (
    "clusterId" uuid NOT NULL,
    number bigint NOT NULL,
    "observedAt" timestamp with time zone,
    "attemptedAt" timestamp with time zone,
    "runId" uuid,
    CONSTRAINT "PK_ClusterObservation" PRIMARY KEY ("clusterId"),
    CONSTRAINT "FK_ClusterObservation_Cluster_clusterId" FOREIGN KEY ("clusterId") REFERENCES houston$default."Cluster" (id) ON DELETE CASCADE
)
WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.1);

CREATE TABLE houston$default."ClusterStatusTransition" (
    id uuid NOT NULL,
    "clusterId" uuid NOT NULL,
    number bigint NOT NULL,
    "from" character varying(16),
    "to" character varying(16) NOT NULL,
    reason json,
    cause character varying(16) NOT NULL,
    actor text,
    "runId" uuid,
    at timestamp with time zone NOT NULL,
    CONSTRAINT "PK_ClusterStatusTransition" PRIMARY KEY (id),
    CONSTRAINT "FK_ClusterStatusTransition_Cluster_clusterId" FOREIGN KEY ("clusterId") REFERENCES houston$default."Cluster" (id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX "UX_ClusterStatusTransition_clusterId_number" ON houston$default."ClusterStatusTransition" ("clusterId", number DESC);

CREATE TABLE houston$default."ClusterSyncRun" (
    id uuid NOT NULL,
    "dueAt" timestamp with time zone NOT NULL,
    "startedAt" timestamp with time zone,
    "endedAt" timestamp with time zone,
    successful integer NOT NULL,
    failed integer NOT NULL,
    skipped integer NOT NULL,
    replica text,
    outcome character varying(16) NOT NULL,
    suspect boolean NOT NULL,
    "leaseUntil" timestamp with time zone NOT NULL,
    "fencingToken" bigint NOT NULL,
    CONSTRAINT "PK_ClusterSyncRun" PRIMARY KEY (id)
);
CREATE INDEX "IX_ClusterSyncRun_running" ON houston$default."ClusterSyncRun" ("leaseUntil") WHERE outcome = 'RUNNING';
CREATE UNIQUE INDEX "UX_ClusterSyncRun_dueAt" ON houston$default."ClusterSyncRun" ("dueAt");

CREATE TABLE houston$default."OutboxEvent" (
    id bigint GENERATED ALWAYS AS IDENTITY,
    kind character varying(64) NOT NULL,
    "clusterId" uuid,
    "transitionId" uuid,
    payload json,
    at timestamp with time zone NOT NULL,
    CONSTRAINT "PK_OutboxEvent" PRIMARY KEY (id)
);
CREATE UNIQUE INDEX "UX_OutboxEvent_transitionId" ON houston$default."OutboxEvent" ("transitionId");

CREATE TABLE houston$default."Deployment" (
    id uuid NOT NULL,
    "releaseName" character varying(255) NOT NULL,
    label character varying(255) NOT NULL,
    version character varying(255),
    "workspaceId" uuid NOT NULL,
    "clusterId" uuid,
    "deletedAt" timestamp with time zone,
    "createdAt" timestamp with time zone NOT NULL,
    "updatedAt" timestamp with time zone NOT NULL,
    CONSTRAINT "PK_Deployment" PRIMARY KEY (id),
    CONSTRAINT "FK_Deployment_Cluster_clusterId" FOREIGN KEY ("clusterId") REFERENCES houston$default."Cluster" (id) ON DELETE SET NULL,
    CONSTRAINT "FK_Deployment_Workspace_workspaceId" FOREIGN KEY ("workspaceId") REFERENCES houston$default."Workspace" (id) ON DELETE RESTRICT
);
CREATE INDEX "IX_Deployment_clusterId" ON houston$default."Deployment" ("clusterId");
CREATE INDEX "IX_Deployment_workspaceId" ON houston$default."Deployment" ("workspaceId");
CREATE UNIQUE INDEX "UX_Deployment_releaseName" ON houston$default."Deployment" ("releaseName");

CREATE TABLE houston$default."ServiceAccount" (
    id uuid NOT NULL,
    label character varying(255) NOT NULL,
    category character varying(255),
    "publicId" character varying(64) NOT NULL,
    "secretHash" bytea NOT NULL,
    active boolean NOT NULL,
    "lastUsedAt" timestamp with time zone,
    "expiresAt" timestamp with time zone,
    "createdAt" timestamp with time zone NOT NULL,
    "updatedAt" timestamp with time zone NOT NULL,
    CONSTRAINT "PK_ServiceAccount" PRIMARY KEY (id)
);
CREATE UNIQUE INDEX "UX_ServiceAccount_publicId" ON houston$default."ServiceAccount" ("publicId");

CREATE TABLE houston$default."RoleBinding" (
    id uuid NOT NULL,
    role character varying(64) NOT NULL,
    "userId" uuid,
    "serviceAccountId" uuid,
    "workspaceId" uuid,
    "deploymentId" uuid,
    "clusterId" uuid,
    "createdAt" timestamp with time zone NOT NULL,
    CONSTRAINT "PK_RoleBinding" PRIMARY KEY (id),
    CONSTRAINT "CK_RoleBinding_holder" CHECK (num_nonnulls("userId", "serviceAccountId") = 1),
    CONSTRAINT "CK_RoleBinding_scope" CHECK (num_nonnulls("workspaceId", "deploymentId", "clusterId") <= 1),
    CONSTRAINT "FK_RoleBinding_Cluster_clusterId" FOREIGN KEY ("clusterId") REFERENCES houston$default."Cluster" (id) ON DELETE CASCADE,
    CONSTRAINT "FK_RoleBinding_Deployment_deploymentId" FOREIGN KEY ("deploymentId") REFERENCES houston$default."Deployment" (id) ON DELETE CASCADE,
    CONSTRAINT "FK_RoleBinding_ServiceAccount_serviceAccountId" FOREIGN KEY ("serviceAccountId") REFERENCES houston$default."ServiceAccount" (id) ON DELETE CASCADE,
    CONSTRAINT "FK_RoleBinding_User_userId" FOREIGN KEY ("userId") REFERENCES houston$default."User" (id) ON DELETE CASCADE,
    CONSTRAINT "FK_RoleBinding_Workspace_workspaceId" FOREIGN KEY ("workspaceId") REFERENCES houston$default."Workspace" (id) ON DELETE CASCADE
);
CREATE INDEX "IX_RoleBinding_clusterId" ON houston$default."RoleBinding" ("clusterId");
CREATE INDEX "IX_RoleBinding_deploymentId" ON houston$default."RoleBinding" ("deploymentId");
CREATE INDEX "IX_RoleBinding_serviceAccountId" ON houston$default."RoleBinding" ("serviceAccountId");
CREATE INDEX "IX_RoleBinding_workspaceId" ON houston$default."RoleBinding" ("workspaceId");
CREATE UNIQUE INDEX "UX_RoleBinding" ON houston$default."RoleBinding" ("userId", "serviceAccountId", role, "workspaceId", "deploymentId", "clusterId") NULLS NOT DISTINCT;

CREATE TABLE houston$default."AuditLog" (
    id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    "actorKind" character varying(16) NOT NULL,
    "actorId" uuid,
    "actorName" text,
    "tokenId" text,
    address text,
    action text NOT NULL,
    operation text,
    "entityType" character varying(64) NOT NULL,
    "entityId" character varying(255),
    "entityName" text,
    before json,
    after json,
    reason text,
    outcome character varying(16) NOT NULL,
    "errorMessage" text,
    "requestId" text,
    CONSTRAINT "PK_AuditLog" PRIMARY KEY (id)
);
CREATE INDEX "IX_AuditLog_at" ON houston$default."AuditLog" (at DESC, id DESC);
CREATE INDEX "IX_AuditLog_entity" ON houston$default."AuditLog" ("entityType", "entityId", at DESC);
