-- What time it is where pages are stamped.
select cast(clock_timestamp() as text)
