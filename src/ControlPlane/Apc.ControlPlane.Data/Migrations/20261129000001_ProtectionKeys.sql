CREATE TABLE houston$default."ProtectionKey" (
    number integer NOT NULL,
    xml text,
    sealed bytea,
    "createdAt" timestamp with time zone NOT NULL,
    CONSTRAINT "PK_ProtectionKey" PRIMARY KEY (number)
);
