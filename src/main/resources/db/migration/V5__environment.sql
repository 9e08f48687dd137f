-- Which environment (BACKLINE_ENV) this database belongs to. Another one refuses to start on it.
create table installation (
  only_row    boolean primary key default true constraint installation_is_one_row check (only_row),
  environment text not null constraint environment_is_known check (environment in ('development', 'staging', 'production')),
  created_at  timestamptz not null default now()
);
insert into installation (environment) values ('${environment}');
