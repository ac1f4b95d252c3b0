ALTER TABLE houston$default."Invitation"
    ADD COLUMN "invitedByServiceAccountId" uuid,
    ADD CONSTRAINT "FK_Invitation_ServiceAccount_invitedByServiceAccountId" FOREIGN KEY ("invitedByServiceAccountId") REFERENCES houston$default."ServiceAccount" (id) ON DELETE CASCADE;
CREATE INDEX "IX_Invitation_invitedByServiceAccountId" ON houston$default."Invitation" ("invitedByServiceAccountId");

-- No foreign keys: who is removed stays known as the one who made the key.
ALTER TABLE houston$default."ServiceAccount" ADD COLUMN "createdById" uuid;
ALTER TABLE houston$default."ServiceAccountKey" ADD COLUMN "createdById" uuid;
CREATE INDEX "IX_ServiceAccountKey_createdById" ON houston$default."ServiceAccountKey" ("createdById");

-- As far as the audit trail remembers.
UPDATE houston$default."ServiceAccount" s SET "createdById" = (
    SELECT a."actorId" FROM houston$default."AuditLog" a
    WHERE a."entityId" = s.id::text AND a.action = 'serviceAccount.create' AND a.outcome = 'SUCCESS' AND a."actorKind" = 'USER'
    ORDER BY a.at LIMIT 1);

UPDATE houston$default."ServiceAccountKey" k SET "createdById" = (
    SELECT a."actorId" FROM houston$default."AuditLog" a
    WHERE a."entityId" = k."serviceAccountId"::text AND a.action IN ('serviceAccount.create', 'serviceAccount.rotateKey')
        AND a.outcome = 'SUCCESS' AND a."actorKind" = 'USER' AND position(k."publicId" IN a.after::text) > 0
    ORDER BY a.at LIMIT 1);

UPDATE houston$default."Invitation" i SET "invitedByServiceAccountId" = s.id
FROM houston$default."AuditLog" a JOIN houston$default."ServiceAccount" s ON s.id = a."actorId"
WHERE i."invitedById" IS NULL AND a."entityId" = i.id::text AND a.action = 'invitation.create' AND a.outcome = 'SUCCESS' AND a."actorKind" = 'SERVICE_ACCOUNT';

-- Of service accounts that are gone: nobody vouches for these.
DELETE FROM houston$default."Invitation" WHERE "invitedById" IS NULL AND "invitedByServiceAccountId" IS NULL;
