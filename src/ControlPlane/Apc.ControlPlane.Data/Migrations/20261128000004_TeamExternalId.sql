ALTER TABLE houston$default."Team" ADD COLUMN "externalId" character varying(255);

-- Until now sign-ins found teams by their names: what a team is called at this moment is the group, or what the setting Groups makes of it, that it goes on standing for.
UPDATE houston$default."Team" SET "externalId" = name WHERE provider <> 'local';

CREATE UNIQUE INDEX "IX_Team_provider_externalId" ON houston$default."Team" (provider, "externalId");
