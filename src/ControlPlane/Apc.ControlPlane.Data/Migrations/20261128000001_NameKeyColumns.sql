-- Empty until the program has filled them: PostgreSQL cannot make these keys.
ALTER TABLE houston$default."User" ADD COLUMN "usernameKey" text;
ALTER TABLE houston$default."Email" ADD COLUMN "addressKey" text;
ALTER TABLE houston$default."Invitation" ADD COLUMN "emailKey" text;
ALTER TABLE houston$default."Team" ADD COLUMN "nameKey" text;
ALTER TABLE houston$default."CustomRole" ADD COLUMN "nameKey" text;
ALTER TABLE houston$default."Workspace" ADD COLUMN "labelKey" text;
ALTER TABLE houston$default."Cluster" ADD COLUMN "nameKey" text;
