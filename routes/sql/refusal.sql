-- Until when a source may not be called, and why.
select case when blocked_until > now() then blocked_until else window_start + interval '24 hours' end as until,
  case when blocked_until > now() then coalesce(reason, 'parked') else 'the daily limit of ' || daily_limit || ' calls is spent' end as reason
from source_quota
where source = :?${exchangeProperty.source}
