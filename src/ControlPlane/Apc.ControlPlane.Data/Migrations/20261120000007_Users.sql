CREATE TABLE houston$default."Invitation" (
    id uuid NOT NULL,
    email character varying(320) NOT NULL,
    "workspaceId" uuid,
    role character varying(64),
    "tokenHash" bytea NOT NULL,
    mailed boolean NOT NULL,
    "invitedById" uuid,
    "createdAt" timestamp with time zone NOT NULL,
    "expiresAt" timestamp with time zone NOT NULL,
    CONSTRAINT "PK_Invitation" PRIMARY KEY (id),
    CONSTRAINT "FK_Invitation_User_invitedById" FOREIGN KEY ("invitedById") REFERENCES houston$default."User" (id) ON DELETE CASCADE,
    CONSTRAINT "FK_Invitation_Workspace_workspaceId" FOREIGN KEY ("workspaceId") REFERENCES houston$default."Workspace" (id) ON DELETE CASCADE
);
CREATE INDEX "IX_Invitation_invitedById" ON houston$default."Invitation" ("invitedById");
CREATE UNIQUE INDEX "IX_Invitation_tokenHash" ON houston$default."Invitation" ("tokenHash");
CREATE INDEX "IX_Invitation_workspaceId" ON houston$default."Invitation" ("workspaceId");
CREATE UNIQUE INDEX "UX_Invitation_email_workspaceId" ON houston$default."Invitation" (lower(email), "workspaceId") NULLS NOT DISTINCT;

CREATE TABLE houston$default."UserLink" (
    "tokenHash" bytea NOT NULL,
    "userId" uuid NOT NULL,
    purpose character varying(16) NOT NULL,
    "createdAt" timestamp with time zone NOT NULL,
    "expiresAt" timestamp with time zone NOT NULL,
    CONSTRAINT "PK_UserLink" PRIMARY KEY ("tokenHash"),
    CONSTRAINT "FK_UserLink_User_userId" FOREIGN KEY ("userId") REFERENCES houston$default."User" (id) ON DELETE CASCADE
);
CREATE INDEX "IX_UserLink_userId" ON houston$default."UserLink" ("userId");
