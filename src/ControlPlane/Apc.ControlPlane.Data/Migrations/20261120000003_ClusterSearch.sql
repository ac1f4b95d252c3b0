-- Finds any part of a name, base domain or id. Where the extension cannot be had the search still works, by reading every row.

DO $$
DECLARE
    extension_schema text;
BEGIN
    IF NOT EXISTS (SELECT FROM pg_available_extensions WHERE name = 'pg_trgm') THEN
        RAISE WARNING 'pg_trgm is not available: searches over clusters will read every row';
        RETURN;
    END IF;

    CREATE EXTENSION IF NOT EXISTS pg_trgm;

    -- An administrator may have put it into a schema of his own.
    SELECT nspname INTO extension_schema
    FROM pg_extension JOIN pg_namespace ON pg_namespace.oid = extnamespace
    WHERE extname = 'pg_trgm';

    EXECUTE format(
        'CREATE INDEX "IX_Cluster_searchText" ON houston$default."Cluster" USING gin ("searchText" %I.gin_trgm_ops)',
        extension_schema);
END
$$;
