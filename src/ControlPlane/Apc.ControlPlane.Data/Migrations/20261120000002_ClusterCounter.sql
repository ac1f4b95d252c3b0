-- Exact numbers of clusters by what pages are filtered by, so that no page counts rows.
-- A counter that falls to 0 stays; readers sum the rows they want.

CREATE TABLE houston$default."ClusterCounter" (
    status character varying(16) NOT NULL,
    "cloudProvider" text NOT NULL,
    region text NOT NULL,
    n bigint NOT NULL,
    CONSTRAINT "PK_ClusterCounter" PRIMARY KEY (status, "cloudProvider", region)
)
-- Few rows, rewritten at every change of the fleet: room to rewrite them in place, and a vacuum that waits for no share of them.
WITH (fillfactor = 10, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);

-- The ORDER BY makes all writers lock the counters in the same order; a counter whose number stays is not touched.
CREATE FUNCTION houston$default.count_clusters() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF tg_op = 'INSERT' THEN
        INSERT INTO houston$default."ClusterCounter" AS counter (status, "cloudProvider", region, n)
        SELECT status, "cloudProviderKey", "regionKey", count(*)
        FROM new_rows
        GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
        ON CONFLICT (status, "cloudProvider", region) DO UPDATE SET n = counter.n + excluded.n;
    ELSIF tg_op = 'UPDATE' THEN
        INSERT INTO houston$default."ClusterCounter" AS counter (status, "cloudProvider", region, n)
        SELECT status, "cloudProviderKey", "regionKey", sum(k)
        FROM (SELECT status, "cloudProviderKey", "regionKey", 1 AS k FROM new_rows
              UNION ALL
              SELECT status, "cloudProviderKey", "regionKey", -1 FROM old_rows) change
        GROUP BY 1, 2, 3 HAVING sum(k) <> 0 ORDER BY 1, 2, 3
        ON CONFLICT (status, "cloudProvider", region) DO UPDATE SET n = counter.n + excluded.n;
    ELSIF tg_op = 'DELETE' THEN
        INSERT INTO houston$default."ClusterCounter" AS counter (status, "cloudProvider", region, n)
        SELECT status, "cloudProviderKey", "regionKey", -count(*)
        FROM old_rows
        GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
        ON CONFLICT (status, "cloudProvider", region) DO UPDATE SET n = counter.n + excluded.n;
    ELSE
        UPDATE houston$default."ClusterCounter" SET n = 0;
    END IF;

    RETURN NULL;
END
$$;

-- Transition tables allow one event for each trigger, and no column list.
CREATE TRIGGER count_inserted AFTER INSERT ON houston$default."Cluster"
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION houston$default.count_clusters();
CREATE TRIGGER count_updated AFTER UPDATE ON houston$default."Cluster"
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION houston$default.count_clusters();
CREATE TRIGGER count_deleted AFTER DELETE ON houston$default."Cluster"
    REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION houston$default.count_clusters();
CREATE TRIGGER count_truncated AFTER TRUNCATE ON houston$default."Cluster"
    FOR EACH STATEMENT EXECUTE FUNCTION houston$default.count_clusters();
