CREATE TABLE houston$default."UserIdentity" (
    provider varchar(64) NOT NULL,
    subject varchar(255) NOT NULL,
    "userId" uuid NOT NULL,
    "createdAt" timestamptz NOT NULL,
    "lastUsedAt" timestamptz NOT NULL,
    CONSTRAINT "PK_UserIdentity" PRIMARY KEY (provider, subject),
    CONSTRAINT "FK_UserIdentity_User_userId" FOREIGN KEY ("userId") REFERENCES houston$default."User" (id) ON DELETE CASCADE
);
CREATE INDEX "IX_UserIdentity_userId" ON houston$default."UserIdentity" ("userId");

CREATE TABLE houston$default."SignInCode" (
    "codeHash" bytea NOT NULL,
    "browserHash" bytea NOT NULL,
    "userId" uuid NOT NULL,
    "expiresAt" timestamptz NOT NULL,
    "tokenDuration" integer,
    CONSTRAINT "PK_SignInCode" PRIMARY KEY ("codeHash"),
    CONSTRAINT "FK_SignInCode_User_userId" FOREIGN KEY ("userId") REFERENCES houston$default."User" (id) ON DELETE CASCADE
);
CREATE INDEX "IX_SignInCode_expiresAt" ON houston$default."SignInCode" ("expiresAt");
CREATE INDEX "IX_SignInCode_userId" ON houston$default."SignInCode" ("userId");
