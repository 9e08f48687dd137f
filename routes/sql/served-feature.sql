-- A source serves what a request tried: remembered, and written once only.
insert into source_features as f (source, feature, served)
values (:?${exchangeProperty.source}, :?${exchangeProperty.tries}, true)
on conflict (source, feature) do update set served = true, noted_at = now() where not f.served
