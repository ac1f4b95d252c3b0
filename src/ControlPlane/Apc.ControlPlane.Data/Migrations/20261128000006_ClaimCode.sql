CREATE TABLE houston$default."ClaimCode" (
    hash bytea NOT NULL,
    sealed bytea,
    "createdAt" timestamp with time zone NOT NULL,
    CONSTRAINT "PK_ClaimCode" PRIMARY KEY (hash)
);
