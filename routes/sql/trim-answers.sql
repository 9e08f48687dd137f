-- Deletes cached answers that nobody can use any longer; answers how many.
select trim_cached_answers(make_interval(days => cast(:?${properties:jobs.cleanup.answers-days} as integer))) as answers
