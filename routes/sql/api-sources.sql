-- Every source of the settings with what it has used of its day and until when it is parked, as one JSON document.
select cast(json_build_object('items', coalesce(json_agg(json_build_object(
    'source', s.name,
    'state', case when s.name <> all (string_to_array(:?enabled, ',')) then 'disabled'
      when q.blocked_until > now() then 'parked' else 'enabled' end,
    'used', case when q.window_start + interval '24 hours' > now() then q.used else 0 end,
    'dailyLimit', s.daily_limit,
    'blockedUntil', case when q.blocked_until > now() then q.blocked_until end,
    'reason', case when q.blocked_until > now() then q.reason end,
    'lastContact', last_contact(array[s.name])) order by s.name), '[]')) as text) as document
from unnest(string_to_array(:?names, ','), cast(string_to_array(:?limits, ',') as bigint[])) as s (name, daily_limit)
left join source_quota q on q.source = s.name
