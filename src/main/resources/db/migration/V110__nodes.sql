-- Who is at work: each node says so every few seconds. What one that has fallen silent held, the others take over.
create table nodes (
  name       text constraint node_is_there_once primary key,
  roles      text[] not null,
  workers    text[] not null default '{}',
  started_at timestamptz not null default now(),
  seen_at    timestamptz not null default now()
);
