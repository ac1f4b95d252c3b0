ALTER TABLE houston$default."ClusterObservation" ADD COLUMN failures integer NOT NULL DEFAULT 0;
