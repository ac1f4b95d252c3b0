-- 100,000 people by default, three roles each on average: 2 in workspaces, 1 through a team; one in a thousand is an admin.
insert into houston$default."Workspace" (id, label, "createdAt", "updatedAt")
select gen_random_uuid(), 'workspace ' || n, now(), now() from generate_series(1, {users} / 100) n;

insert into houston$default."User" (id, username, status, "createdAt", "updatedAt")
select gen_random_uuid(), 'user' || n, 'ACTIVE', now(), now() from generate_series(1, {users}) n;

insert into houston$default."Email" (id, address, "primary", verified, "userId", "createdAt", "updatedAt")
select gen_random_uuid(), username || '@benchmark.local', true, true, id, now(), now() from houston$default."User";

insert into houston$default."Team" (id, name, provider, "createdAt", "updatedAt")
select gen_random_uuid(), 'team ' || n, 'local', now(), now() from generate_series(1, {users} / 10) n;

create temp table u as select id, row_number() over (order by id) n from houston$default."User";
create temp table w as select id, row_number() over (order by id) n from houston$default."Workspace";
create temp table t as select id, row_number() over (order by id) n from houston$default."Team";

insert into houston$default."RoleBinding" (id, role, "userId", "workspaceId", "createdAt")
select gen_random_uuid(), (array['WORKSPACE_ADMIN', 'WORKSPACE_EDITOR', 'WORKSPACE_VIEWER'])[1 + (u.n + k) % 3], u.id, w.id, now()
from u cross join generate_series(0, 1) k join w on w.n = 1 + (u.n * 7 + k * 13) % ({users} / 100);

insert into houston$default."TeamUser" ("teamId", "userId", "createdAt")
select t.id, u.id, now() from u join t on t.n = 1 + u.n % ({users} / 10);

insert into houston$default."RoleBinding" (id, role, "teamId", "workspaceId", "createdAt")
select gen_random_uuid(), 'WORKSPACE_VIEWER', t.id, w.id, now()
from t cross join generate_series(0, 9) k join w on w.n = 1 + (t.n * 11 + k * 17) % ({users} / 100)
on conflict do nothing;

insert into houston$default."RoleBinding" (id, role, "userId", "createdAt")
select gen_random_uuid(), 'SYSTEM_ADMIN', id, now() from u where n % 1000 = 1;
