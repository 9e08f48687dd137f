-- Records left behind by a crash, a replay or a remap: a batch of the oldest, of one source.
select r.record_kind as kind, r.source_id as id, r.source, r.fingerprint, r.raw
from source_records r
where r.state = 'landed' and r.last_changed < now() - make_interval(secs => cast(:?${properties:apply.sweep-after} as integer))
  and r.source = (
    select o.source from source_records o
    where o.state = 'landed' and o.last_changed < now() - make_interval(secs => cast(:?${properties:apply.sweep-after} as integer))
    order by o.last_changed limit 1)
order by r.last_changed
limit cast(:?${bean:batchSize?method=records} as integer)
