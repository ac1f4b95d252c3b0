-- The defaults are for replicas of the version before, which go on adding rows during an update.
ALTER TABLE houston$default."Email" ADD COLUMN vouched boolean NOT NULL DEFAULT false;
ALTER TABLE houston$default."Invitation" ADD COLUMN vouched boolean NOT NULL DEFAULT false;

-- Only those who may make users invite to the platform itself.
UPDATE houston$default."Invitation" SET vouched = true WHERE "workspaceId" IS NULL AND NOT mailed;
