-- Times of uses within the window, so never more than the quota's limit. Small, much updated: room for new versions beside the old ones.
CREATE TABLE houston$default."QuotaCount" (
    quota varchar(40) NOT NULL,
    key varchar(80) NOT NULL,
    times timestamptz[] NOT NULL,
    "expiresAt" timestamptz NOT NULL,
    CONSTRAINT "PK_QuotaCount" PRIMARY KEY (quota, key)
) WITH (fillfactor = 50);
CREATE INDEX "IX_QuotaCount_expiresAt" ON houston$default."QuotaCount" ("expiresAt");

CREATE TABLE houston$default."KnownAddress" (
    "userId" uuid NOT NULL,
    address varchar(80) NOT NULL,
    "expiresAt" timestamptz NOT NULL,
    CONSTRAINT "PK_KnownAddress" PRIMARY KEY ("userId", address),
    CONSTRAINT "FK_KnownAddress_User_userId" FOREIGN KEY ("userId") REFERENCES houston$default."User" (id) ON DELETE CASCADE
);
