-- Takes an open letter from the list for good; its record stays dead until its source changes it. One that is closed stays as it is.
with discarded as (
  update dead_letters set state = 'discarded' where id = cast(:?id as bigint) and state = 'open' returning id, state
)
select cast(json_build_object('id', d.id, 'state', coalesce(n.state, d.state)) as text) as document
from dead_letters d left join discarded n on n.id = d.id
where d.id = cast(:?id as bigint)
