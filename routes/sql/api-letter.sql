-- One dead letter with its payload, and where its record stands today.
select cast(json_build_object(
    'id', d.id, 'state', d.state, 'source', d.source, 'kind', d.record_kind, 'sourceId', d.source_id, 'route', d.route, 'run', d.run_id,
    'cause', d.cause, 'error', d.error, 'attempts', d.attempts, 'firstFailed', d.first_failed, 'lastFailed', d.last_failed,
    'upstreamStatus', d.upstream_status, 'recordState', r.state, 'payload', d.payload) as text) as document
from dead_letters d
left join source_records r on r.source = d.source and r.record_kind = d.record_kind and r.source_id = d.source_id
where d.id = cast(:?id as bigint)
