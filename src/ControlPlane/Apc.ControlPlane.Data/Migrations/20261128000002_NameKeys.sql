ALTER TABLE houston$default."User" ALTER COLUMN "usernameKey" SET NOT NULL;
DROP INDEX houston$default."IX_User_username";
CREATE UNIQUE INDEX "UX_User_username" ON houston$default."User" ("usernameKey");

ALTER TABLE houston$default."Email" ALTER COLUMN "addressKey" SET NOT NULL;
DROP INDEX houston$default."UX_Email_address";
CREATE UNIQUE INDEX "UX_Email_address" ON houston$default."Email" ("addressKey");

ALTER TABLE houston$default."Invitation" ALTER COLUMN "emailKey" SET NOT NULL;
DROP INDEX houston$default."UX_Invitation_email_workspaceId";
CREATE UNIQUE INDEX "UX_Invitation_email_workspaceId" ON houston$default."Invitation" ("emailKey", "workspaceId") NULLS NOT DISTINCT;

ALTER TABLE houston$default."Team" ALTER COLUMN "nameKey" SET NOT NULL;
DROP INDEX houston$default."UX_Team_name";
CREATE UNIQUE INDEX "UX_Team_name" ON houston$default."Team" (provider, "nameKey");

ALTER TABLE houston$default."CustomRole" ALTER COLUMN "nameKey" SET NOT NULL;
DROP INDEX houston$default."UX_CustomRole_name";
CREATE UNIQUE INDEX "UX_CustomRole_name" ON houston$default."CustomRole" ("nameKey");

ALTER TABLE houston$default."Workspace" ALTER COLUMN "labelKey" SET NOT NULL;
DROP INDEX houston$default."UX_Workspace_label";
CREATE UNIQUE INDEX "UX_Workspace_label" ON houston$default."Workspace" ("labelKey");

-- Lists are sorted by the name itself.
ALTER TABLE houston$default."Cluster" ALTER COLUMN "nameKey" SET NOT NULL;
DROP INDEX houston$default."UX_Cluster_name";
CREATE UNIQUE INDEX "UX_Cluster_name" ON houston$default."Cluster" ("nameKey");
CREATE INDEX "IX_Cluster_name" ON houston$default."Cluster" (name);
