-- 100,000 clusters (or as many as {count} says) with payloads of about 0.9 KB and configurations of about 3.4 KB.
insert into houston$default."Cluster" (
    id, name, status, "statusReason", "healthStatus", "payloadHash", "k8sVersion", "cloudProvider", region, "dpChartVersion", "commanderVersion",
    "airflowChartVersion", "baseDomain", "dataplaneUrl", "dataplaneId", "metadataUrl", config, "configOverride", "createdAt", "updatedAt", "statusChangedAt")
select
    md5('cluster ' || i)::uuid,
    'cluster-' || lpad(i::text, 6, '0'),
    c.status,
    json_build_object('message', case c.status when 'ACTIVE' then 'The data plane says that it is healthy.' else 'The data plane says that it is not healthy.' end, 'code', c.status),
    json_build_object(
        'kubernetesVersion', c.version, 'baseDomain', 'dp-' || i || '.example.com', 'healthStatus', case c.status when 'ACTIVE' then 'HEALTHY' else 'UNHEALTHY' end,
        'cloudProvider', c.provider, 'region', c.region, 'dataplaneChartVersion', '1.0.' || i % 40,
        'commander', json_build_object('version', '1.2.' || i % 25, 'url', 'commander.dp-' || i || '.example.com:443', 'status', 'HEALTHY', 'airflowChartVersion', '1.15.' || i % 9),
        'mode', 'data', 'dataplaneUrl', 'dp-' || i || '.example.com', 'dataplaneId', 'dp-' || i, 'releaseName', 'astronomer', 'releaseNamespace', 'astronomer',
        'dbType', 'postgresql', 'namespacePools', json_build_object('enabled', true, 'names', (select json_agg('airflow-pool-' || n || '-' || i) from generate_series(1, 12) n)),
        'registry', json_build_object('version', '3.0.0')),
    i,
    c.version, c.provider, c.region, '1.0.' || i % 40, '1.2.' || i % 25, '1.15.' || i % 9,
    'dp-' || i || '.example.com', 'dp-' || i || '.example.com', 'dp-' || i, 'https://dp-' || i || '.example.com',
    json_build_object('deployments', (select json_object_agg('setting-' || n, json_build_object('enabled', n % 2 = 0, 'limit', n * 100 + i % 7, 'image', md5(n::text || i))) from generate_series(1, 40) n)),
    json_build_object('deployments', json_build_object('executors', json_build_object('celery', json_build_object('enabled', i % 3 = 0)))),
    timestamptz '2026-01-01 00:00:00+00' + i * interval '1 minute',
    timestamptz '2026-01-01 00:00:00+00' + i * interval '1 minute',
    timestamptz '2026-01-01 00:00:00+00' + i * interval '1 minute'
from generate_series(1, {count}) i
cross join lateral (
    select
        case when i % 20 = 0 then 'INACTIVE' else 'ACTIVE' end as status,
        (array['aws', 'gcp', 'azure'])[1 + i % 3] as provider,
        (array['us-east-1', 'us-west-2', 'eu-central-1', 'europe-west1', 'ap-northeast-1'])[1 + i % 5] as region,
        '1.' || 27 + i % 5 || '.' || i % 11 as version) c;

insert into houston$default."ClusterObservation" ("clusterId", number, "observedAt", "attemptedAt")
select id, 1, "updatedAt", "updatedAt" from houston$default."Cluster";

-- The bare endpoint's copy: the same rows with jsonb payloads and the indexes that its statements use.
create schema bare;
create table bare.cluster as
select id, name, status, "statusReason"::jsonb, "healthStatus"::jsonb, "k8sVersion", "cloudProvider", region, "dpChartVersion", "commanderVersion",
    config::jsonb, "configOverride"::jsonb, "createdAt", "updatedAt"
from houston$default."Cluster";
alter table bare.cluster add primary key (id);
create index on bare.cluster ("createdAt" desc, id desc);
create index on bare.cluster (status, "createdAt" desc, id desc);
create index on bare.cluster (status, "cloudProvider", region, "createdAt" desc, id desc);
