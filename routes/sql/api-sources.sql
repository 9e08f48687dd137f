-- Every source of the settings with what it has used of its day, when that will be spent at the present rate, and until when it is
-- parked, as one JSON document.
select cast(json_build_object('items', coalesce(json_agg(json_build_object(
    'source', s.name,
    'state', case when s.name <> all (string_to_array(:?enabled, ',')) then 'disabled'
      when b.blocked_until is not null then 'parked' else 'enabled' end,
    'used', coalesce(b.used, 0),
    'dailyLimit', s.daily_limit,
    'planned', coalesce(b.planned, 0),
    'callsAnHour', coalesce(round(cast(b.calls_an_hour as numeric)), 0),
    'dryAt', b.dry_at,
    'pace', coalesce(b.pace, 1),
    'blockedUntil', b.blocked_until,
    'reason', b.reason,
    'lastContact', last_contact(array[s.name])) order by s.name), '[]')) as text) as document
from unnest(string_to_array(:?names, ','), cast(string_to_array(:?limits, ',') as bigint[])) as s (name, daily_limit)
left join source_budget b on b.source = s.name
