ALTER TABLE houston$default."Cluster" ADD COLUMN "metadataProblems" json;

-- The one form of base domains. Where two clusters would have the same, both keep what they have: probes compare in that form in any case.
WITH formed AS (
    SELECT id, "baseDomain", lower(rtrim(regexp_replace(regexp_replace(regexp_replace("baseDomain", '^.*?://', ''), '[/?#].*$', ''), '\s', '', 'g'), '.')) AS form
    FROM houston$default."Cluster" WHERE "baseDomain" IS NOT NULL),
alone AS (
    SELECT min(id::text)::uuid AS id, form FROM formed WHERE form <> '' GROUP BY form HAVING count(*) = 1)
UPDATE houston$default."Cluster" c SET "baseDomain" = alone.form
FROM alone WHERE alone.id = c.id AND c."baseDomain" <> alone.form;
