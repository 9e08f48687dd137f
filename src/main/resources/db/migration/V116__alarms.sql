-- What is wrong, since when, until when, and whether the webhook has been told. One open alarm for each kind and subject.
create table alarms (
  id            bigint generated always as identity constraint alarm_has_one_id primary key,
  kind          text not null,
  subject       text not null,
  message       text not null,
  since         timestamptz not null default now(),
  ended_at      timestamptz,
  raised_told   timestamptz,
  ended_told    timestamptz,
  tries         integer not null default 0,
  next_try_at   timestamptz not null default now()
);
create unique index alarm_is_open_once on alarms (kind, subject) where ended_at is null;
create index alarms_to_tell on alarms (next_try_at) where raised_told is null or (ended_at is not null and ended_told is null);

-- How many records had a value in a field, hour by hour; the field '*' counts all records.
create table field_shares (
  source      text not null,
  record_kind text not null,
  at          timestamptz not null,
  field       text not null,
  records     bigint not null,
  constraint field_is_counted_once_an_hour primary key (source, record_kind, field, at)
);
