-- What is known of the albums of a page: those that were stored before need not be asked for again; whether the app may ask
-- for several at once.
select
  (select coalesce(json_agg(r.source_id), '[]') from source_records r
    where r.source = 'spotify' and r.record_kind = 'album'
      and r.source_id in (select jsonb_array_elements_text(cast(:?ids as jsonb)))) as known,
  exists (select 1 from source_features f where f.source = 'spotify' and f.feature = 'top-tracks' and f.served)
    and not exists (select 1 from source_features f where f.source = 'spotify' and f.feature = 'batches' and not f.served) as batches
