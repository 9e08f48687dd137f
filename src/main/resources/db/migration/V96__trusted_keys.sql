-- Few keys are trusted ids, and most look-ups by record are for these.
create index identity_keys_trusted_by_record on identity_keys (entity_kind, source, source_id) where trusted;
