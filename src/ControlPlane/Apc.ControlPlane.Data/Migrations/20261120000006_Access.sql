CREATE TABLE houston$default."Team" (
    id uuid NOT NULL,
    "sortId" integer GENERATED ALWAYS AS IDENTITY,
    name character varying(255) NOT NULL,
    provider character varying(64) NOT NULL,
    description text,
    "createdAt" timestamp with time zone NOT NULL,
    "updatedAt" timestamp with time zone NOT NULL,
    CONSTRAINT "PK_Team" PRIMARY KEY (id)
);
CREATE UNIQUE INDEX "UX_Team_name" ON houston$default."Team" (provider, lower(name));

CREATE TABLE houston$default."TeamUser" (
    "teamId" uuid NOT NULL,
    "userId" uuid NOT NULL,
    "createdAt" timestamp with time zone NOT NULL,
    CONSTRAINT "PK_TeamUser" PRIMARY KEY ("teamId", "userId"),
    CONSTRAINT "FK_TeamUser_Team_teamId" FOREIGN KEY ("teamId") REFERENCES houston$default."Team" (id) ON DELETE CASCADE,
    CONSTRAINT "FK_TeamUser_User_userId" FOREIGN KEY ("userId") REFERENCES houston$default."User" (id) ON DELETE CASCADE
);
CREATE INDEX "IX_TeamUser_userId" ON houston$default."TeamUser" ("userId");

CREATE TABLE houston$default."CustomRole" (
    id uuid NOT NULL,
    name character varying(64) NOT NULL,
    description character varying(1024),
    scope character varying(16) NOT NULL,
    permissions text[] NOT NULL,
    "createdAt" timestamp with time zone NOT NULL,
    "updatedAt" timestamp with time zone NOT NULL,
    CONSTRAINT "PK_CustomRole" PRIMARY KEY (id)
);
CREATE UNIQUE INDEX "UX_CustomRole_name" ON houston$default."CustomRole" (lower(name));

ALTER TABLE houston$default."RoleBinding"
    ADD COLUMN "teamId" uuid,
    ADD COLUMN "customRoleId" uuid,
    ALTER COLUMN role DROP NOT NULL,
    DROP CONSTRAINT "CK_RoleBinding_holder",
    ADD CONSTRAINT "CK_RoleBinding_holder" CHECK (num_nonnulls("userId", "serviceAccountId", "teamId") = 1),
    ADD CONSTRAINT "CK_RoleBinding_role" CHECK (num_nonnulls(role, "customRoleId") = 1),
    ADD CONSTRAINT "FK_RoleBinding_CustomRole_customRoleId" FOREIGN KEY ("customRoleId") REFERENCES houston$default."CustomRole" (id) ON DELETE RESTRICT,
    ADD CONSTRAINT "FK_RoleBinding_Team_teamId" FOREIGN KEY ("teamId") REFERENCES houston$default."Team" (id) ON DELETE CASCADE;

DROP INDEX houston$default."UX_RoleBinding";
CREATE UNIQUE INDEX "UX_RoleBinding" ON houston$default."RoleBinding" ("userId", "serviceAccountId", "teamId", role, "customRoleId", "workspaceId", "deploymentId", "clusterId") NULLS NOT DISTINCT;
CREATE INDEX "IX_RoleBinding_teamId" ON houston$default."RoleBinding" ("teamId");
CREATE INDEX "IX_RoleBinding_customRoleId" ON houston$default."RoleBinding" ("customRoleId");
CREATE INDEX "IX_RoleBinding_system" ON houston$default."RoleBinding" (role) WHERE "workspaceId" IS NULL AND "deploymentId" IS NULL AND "clusterId" IS NULL;

-- Told in the transaction of the change, whoever makes it; heard when it has committed, by every replica, which then forgets what it believes of tokens.
CREATE FUNCTION houston$default.notify_access() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('apc_access', '');
    RETURN NULL;
END
$$;

CREATE TRIGGER notify_access AFTER INSERT OR UPDATE OR DELETE ON houston$default."RoleBinding"
    FOR EACH STATEMENT EXECUTE FUNCTION houston$default.notify_access();

CREATE TRIGGER notify_access AFTER INSERT OR UPDATE OR DELETE ON houston$default."TeamUser"
    FOR EACH STATEMENT EXECUTE FUNCTION houston$default.notify_access();

CREATE TRIGGER notify_access AFTER UPDATE ON houston$default."CustomRole"
    FOR EACH STATEMENT EXECUTE FUNCTION houston$default.notify_access();

CREATE TRIGGER notify_access AFTER UPDATE OF status, username ON houston$default."User"
    FOR EACH ROW EXECUTE FUNCTION houston$default.notify_access();

-- A sign-in makes a token and sweeps out expired ones; neither changes what anybody may do.
CREATE TRIGGER notify_revoked AFTER UPDATE OF "revokedAt" ON houston$default."UserToken"
    FOR EACH ROW EXECUTE FUNCTION houston$default.notify_access();

CREATE TRIGGER notify_deleted AFTER DELETE ON houston$default."UserToken"
    FOR EACH ROW WHEN (OLD."expiresAt" > now()) EXECUTE FUNCTION houston$default.notify_access();

-- Uses are written to the same rows, and are nobody's business.
CREATE TRIGGER notify_changed AFTER UPDATE OF active, "secretHash", "expiresAt" ON houston$default."ServiceAccount"
    FOR EACH ROW EXECUTE FUNCTION houston$default.notify_access();

CREATE TRIGGER notify_deleted AFTER DELETE ON houston$default."ServiceAccount"
    FOR EACH ROW EXECUTE FUNCTION houston$default.notify_access();
