-- The schema that the migrations make, from the catalogue of PostgreSQL. Written anew by: mvn test -Dtest=MigrationTest -Dschema.write
column alarms.id bigint not null identity
column alarms.kind text not null
column alarms.subject text not null
column alarms.message text not null
column alarms.since timestamp with time zone not null default now()
column alarms.ended_at timestamp with time zone
column alarms.raised_told timestamp with time zone
column alarms.ended_told timestamp with time zone
column alarms.tries integer not null default 0
column alarms.next_try_at timestamp with time zone not null default now()
column artist_syncs.artist_id uuid not null
column artist_syncs.source text not null
column artist_syncs.what text not null
column artist_syncs.synced_at timestamp with time zone not null
column artists.id uuid not null
column artists.name text not null
column artists.sort_name text
column artists.mbid text
column artists.spotify_id text
column artists.ticketmaster_id text collate C
column artists.bandsintown_id text collate C
column artists.image_url text
column artists.genres text[] not null default '{}'::text[]
column artists.popularity integer
column artists.sync_status text not null default 'pending'::text
column artists.last_sync timestamp with time zone
column artists.last_sync_error text
column artists.songs_synced_at timestamp with time zone
column artists.created_at timestamp with time zone not null default now()
column artists.updated_at timestamp with time zone not null default now()
column cached_answers.source text not null collate C
column cached_answers.key text not null collate C default md5(request)
column cached_answers.request text not null
column cached_answers.body bytea not null
column cached_answers.etag text
column cached_answers.ids text[] not null collate C
column cached_answers.fetched_at timestamp with time zone not null
column cached_answers.expires_at timestamp with time zone not null
column cron_logs.id uuid not null default gen_random_uuid()
column cron_logs.job_name text not null
column cron_logs.status text not null
column cron_logs.execution_time_ms bigint
column cron_logs.error_message text
column cron_logs.result jsonb
column cron_logs.created_at timestamp with time zone not null default now()
column dead_letters.id bigint not null identity
column dead_letters.route text not null
column dead_letters.source text not null collate C
column dead_letters.record_kind text not null collate C
column dead_letters.source_id text not null collate C
column dead_letters.cause text not null
column dead_letters.error text not null
column dead_letters.payload text
column dead_letters.attempts integer not null default 1
column dead_letters.first_failed timestamp with time zone not null default now()
column dead_letters.last_failed timestamp with time zone not null default now()
column dead_letters.state text not null default 'open'::text
column dead_letters.run_id uuid
column dead_letters.entity_kind text
column dead_letters.entity_id uuid
column dead_letters.upstream_status integer
column dead_letters.passing boolean not null default false
column field_overrides.entity_kind text not null
column field_overrides.entity_id uuid not null
column field_overrides.field text not null
column field_overrides.value jsonb not null
column field_overrides.set_at timestamp with time zone not null default now()
column field_shares.source text not null
column field_shares.record_kind text not null
column field_shares.at timestamp with time zone not null
column field_shares.field text not null
column field_shares.records bigint not null
column gone_shows.show_id uuid not null
column gone_shows.run_id uuid not null
column gone_shows.since timestamp with time zone not null default now()
column identity_keys.entity_kind text not null
column identity_keys.key text not null collate C
column identity_keys.source text not null collate C
column identity_keys.source_id text not null collate C
column identity_keys.trusted boolean not null default true
column identity_pairs.entity_kind text not null
column identity_pairs.left_source text not null collate C
column identity_pairs.left_id text not null collate C
column identity_pairs.right_source text not null collate C
column identity_pairs.right_id text not null collate C
column identity_pairs.score numeric not null
column identity_pairs.evidence jsonb not null
column identity_pairs.state text not null
column identity_pairs.since timestamp with time zone not null default now()
column import_status.job_id uuid not null
column import_status.artist_id uuid
column import_status.stage text not null
column import_status.progress integer not null default 0
column import_status.message text
column import_status.error text
column import_status.started_at timestamp with time zone not null default now()
column import_status.updated_at timestamp with time zone not null default now()
column import_status.completed_at timestamp with time zone
column installation.only_row boolean not null default true
column installation.environment text not null
column installation.created_at timestamp with time zone not null default now()
column job_ticks.job text not null
column job_ticks.fire_time timestamp with time zone not null
column job_ticks.node text not null
column job_ticks.claimed_at timestamp with time zone not null default now()
column letter_counts.id bigint not null identity
column letter_counts.state text not null
column letter_counts.cause text not null
column letter_counts.source text not null collate C
column letter_counts.record_kind text not null collate C
column letter_counts.letters bigint not null
column mbid_redirects.old_mbid text not null
column mbid_redirects.mbid text not null
column mbid_redirects.told_by text not null
column mbid_redirects.told_at timestamp with time zone not null default now()
column merged_entities.entity_kind text not null
column merged_entities.gone_id uuid not null
column merged_entities.keep_id uuid not null
column merged_entities.merged_at timestamp with time zone not null default now()
column missed_records.source text not null collate C
column missed_records.record_kind text not null collate C
column missed_records.source_id text not null collate C
column missed_records.misses integer not null default 1
column missed_records.since timestamp with time zone not null default now()
column missed_records.last_run uuid not null
column nodes.name text not null
column nodes.roles text[] not null
column nodes.workers text[] not null default '{}'::text[]
column nodes.started_at timestamp with time zone not null default now()
column nodes.seen_at timestamp with time zone not null default now()
column paused_jobs.job text not null
column paused_jobs.paused_at timestamp with time zone not null default now()
column removed_records.source text not null collate C
column removed_records.record_kind text not null collate C
column removed_records.source_id text not null collate C
column removed_records.removed_at timestamp with time zone not null default now()
column setlist_songs.id uuid not null
column setlist_songs.setlist_id uuid not null
column setlist_songs.song_id uuid
column setlist_songs.position integer not null
column setlist_songs.set_name text
column setlist_songs.encore integer
column setlist_songs.tape boolean not null default false
column setlist_songs.suggested boolean not null default false
column setlist_songs.votes integer not null default 0
column setlist_songs.title text
column setlist_songs.info text
column setlists.id uuid not null
column setlists.show_id uuid not null
column setlists.kind text not null
column setlists.known boolean not null default true
column setlists.source text
column setlists.source_url text
column setlists.created_at timestamp with time zone not null default now()
column setlists.rule text
column setlists.hit_rate double precision
column setlists.tested integer
column show_artists.show_id uuid not null
column show_artists.artist_id uuid not null
column show_artists.position integer not null
column show_changes.id bigint not null identity
column show_changes.show_id uuid not null
column show_changes.changed_at timestamp with time zone not null default now()
column show_changes.run_id uuid
column show_changes.field text not null
column show_changes.was text
column show_changes.is_now text
column show_offers.show_id uuid not null
column show_offers.source text not null collate C
column show_offers.source_id text not null collate C
column show_offers.name text not null
column show_offers.status text not null
column show_offers.url text
column shows.id uuid not null
column shows.name text not null
column shows.venue_id uuid
column shows.headliner_id uuid
column shows.local_date date
column shows.local_time time without time zone
column shows.starts_at timestamp with time zone
column shows.timezone text
column shows.status text not null
column shows.url text
column shows.price_min numeric
column shows.price_max numeric
column shows.currency text
column shows.ticketmaster_id text collate C
column shows.setlistfm_id text collate C
column shows.bandsintown_id text collate C
column shows.setlist_suggestions jsonb
column shows.sync_status text not null default 'pending'::text
column shows.last_sync timestamp with time zone
column shows.last_sync_error text
column shows.created_at timestamp with time zone not null default now()
column shows.updated_at timestamp with time zone not null default now()
column shows.tour_id uuid
column shows.run_id uuid
column song_recordings.id uuid not null
column song_recordings.artist_id uuid not null
column song_recordings.song_id uuid
column song_recordings.source text not null collate C
column song_recordings.source_id text not null collate C
column song_recordings.title text not null
column song_recordings.song_title text not null
column song_recordings.title_key text not null
column song_recordings.kind text not null
column song_recordings.score double precision not null
column song_recordings.isrc text
column song_recordings.duration_ms integer
column song_recordings.album text
column song_recordings.album_type text
column song_recordings.released_on date
column song_recordings.popularity integer
column song_recordings.created_at timestamp with time zone not null default now()
column song_recordings.updated_at timestamp with time zone not null default now()
column songs.id uuid not null
column songs.artist_id uuid not null
column songs.title text not null
column songs.normalized_title text not null
column songs.cover_of uuid
column songs.spotify_id text
column songs.isrc text
column songs.duration_ms integer
column songs.popularity integer
column songs.album text
column songs.released_on date
column songs.created_at timestamp with time zone not null default now()
column songs.updated_at timestamp with time zone not null default now()
column songs.source text not null default 'setlist'::text
column source_features.source text not null
column source_features.feature text not null
column source_features.served boolean not null
column source_features.noted_at timestamp with time zone not null default now()
column source_links.entity_kind text not null
column source_links.source text not null collate C
column source_links.source_id text not null collate C
column source_links.entity_id uuid not null
column source_links.method text not null
column source_links.score numeric not null default 1
column source_links.evidence jsonb
column source_links.decided_by text not null default 'rule'::text
column source_links.decided_at timestamp with time zone not null default now()
column source_pages.run_id uuid not null
column source_pages.source text not null
column source_pages.record_kind text not null
column source_pages.request_window text not null
column source_pages.request_n integer not null
column source_pages.page integer not null
column source_pages.ids text[] not null
column source_pages.changed text[] not null
column source_pages.fetched_at timestamp with time zone not null default now()
column source_quota.source text not null
column source_quota.window_start timestamp with time zone not null default now()
column source_quota.used bigint not null default 0
column source_quota.daily_limit bigint not null
column source_quota.next_call_at timestamp with time zone not null default '-infinity'::timestamp with time zone
column source_quota.blocked_until timestamp with time zone
column source_quota.reason text
column source_quota.breaker text not null default 'closed'::text
column source_quota.breaker_since timestamp with time zone
column source_quota.pace numeric not null default 1
column source_quota.paced_at timestamp with time zone
column source_quota.slot_start timestamp with time zone not null default now()
column source_quota.slot_used bigint not null default 0
column source_quota.slot_before bigint not null default 0
column source_records.source text not null collate C
column source_records.record_kind text not null collate C
column source_records.source_id text not null collate C
column source_records.fingerprint bytea not null
column source_records.raw bytea not null
column source_records.state text not null default 'landed'::text
column source_records.error text
column source_records.attempts integer not null default 0
column source_records.first_seen timestamp with time zone not null default now()
column source_records.last_changed timestamp with time zone not null default now()
column source_records.first_run_id uuid
column source_records.run_id uuid
column source_records.held_back boolean not null default false
column source_records.seen_at timestamp with time zone
column sync_events.id bigint not null identity
column sync_events.job_id uuid
column sync_events.platform text
column sync_events.entity_type text
column sync_events.entity_id uuid
column sync_events.status text not null
column sync_events.error text
column sync_events.metadata jsonb not null default '{}'::jsonb
column sync_events.created_at timestamp with time zone not null default now()
column sync_jobs.id uuid not null
column sync_jobs.job text not null
column sync_jobs.entity_type text
column sync_jobs.entity_id uuid
column sync_jobs.spotify_id text
column sync_jobs.ticketmaster_id text
column sync_jobs.setlistfm_id text
column sync_jobs.status text not null default 'pending'::text
column sync_jobs.priority integer not null default 1
column sync_jobs.total_steps integer not null default 0
column sync_jobs.completed_steps integer not null default 0
column sync_jobs.current_step text
column sync_jobs.job_type text not null default 'full_sync'::text
column sync_jobs.metadata jsonb not null default '{}'::jsonb
column sync_jobs.error text
column sync_jobs.auto_retry boolean not null default true
column sync_jobs.max_retries integer not null default 3
column sync_jobs.retry_count integer not null default 0
column sync_jobs.fetched bigint not null default 0
column sync_jobs.inserted bigint not null default 0
column sync_jobs.updated bigint not null default 0
column sync_jobs.unchanged bigint not null default 0
column sync_jobs.rejected bigint not null default 0
column sync_jobs.dead bigint not null default 0
column sync_jobs.skipped bigint not null default 0
column sync_jobs.superseded bigint not null default 0
column sync_jobs.balanced boolean
column sync_jobs.created_at timestamp with time zone not null default now()
column sync_jobs.started_at timestamp with time zone
column sync_jobs.completed_at timestamp with time zone
column sync_jobs.updated_at timestamp with time zone not null default now()
column sync_jobs.result jsonb
column sync_jobs.timed_out_at timestamp with time zone
column sync_jobs.worker text
column sync_jobs.queued boolean not null default false
column sync_jobs.start_after timestamp with time zone not null default now()
column sync_jobs.parent_id uuid
column sync_progress.job_id uuid not null
column sync_progress.step text not null
column sync_progress.status text not null default 'in_progress'::text
column sync_progress.progress integer not null default 0
column sync_progress.message text
column sync_progress.total_items bigint not null default 0
column sync_progress.processed_items bigint not null default 0
column sync_progress.successful_items bigint not null default 0
column sync_progress.failed_items bigint not null default 0
column sync_progress.started_at timestamp with time zone not null default now()
column sync_progress.updated_at timestamp with time zone not null default now()
column sync_progress.completed_at timestamp with time zone
column sync_requests.run_id uuid not null
column sync_requests.n integer not null
column sync_requests.parent_n integer
column sync_requests.source text not null
column sync_requests.record_kind text not null
column sync_requests.request jsonb not null
column sync_requests.state text not null default 'planned'::text
column sync_requests.cursor text
column sync_requests.pages integer not null default 0
column sync_requests.total bigint
column sync_requests.note text
column sync_requests.shortfall text
column sync_requests.lease_owner text
column sync_requests.lease_until timestamp with time zone
column sync_requests.token bigint not null default 0
column sync_requests.attempts integer not null default 0
column sync_requests.not_before timestamp with time zone not null default now()
column tour_venues.tour_id uuid not null
column tour_venues.venue_id uuid not null
column tour_venues.shows integer not null
column tours.id uuid not null default gen_random_uuid()
column tours.artist_id uuid not null
column tours.name text not null
column tours.starts_on date
column tours.ends_on date
column tours.created_at timestamp with time zone not null default now()
column user_votes.user_id uuid not null
column user_votes.setlist_song_id uuid not null
column user_votes.created_at timestamp with time zone not null default now()
column users.id uuid not null
column users.created_at timestamp with time zone not null default now()
column venue_network.venue_id uuid not null
column venue_network.neighbour_id uuid not null
column venue_network.shared_artists integer not null
column venue_network.shared_shows integer not null
column venue_network.score double precision not null
column venue_network.distance_km double precision
column venue_network.computed_at timestamp with time zone not null default now()
column venue_syncs.venue_id uuid not null
column venue_syncs.source text not null
column venue_syncs.what text not null
column venue_syncs.synced_at timestamp with time zone not null
column venues.id uuid not null
column venues.name text not null
column venues.city text
column venues.state text
column venues.state_code text
column venues.country text
column venues.country_code text
column venues.address text
column venues.postal_code text
column venues.latitude double precision
column venues.longitude double precision
column venues.timezone text
column venues.capacity integer
column venues.ticketmaster_id text collate C
column venues.setlistfm_id text collate C
column venues.parent_id uuid
column venues.sync_status text not null default 'pending'::text
column venues.last_sync timestamp with time zone
column venues.last_sync_error text
column venues.created_at timestamp with time zone not null default now()
column venues.updated_at timestamp with time zone not null default now()
column verdicts.entity_kind text not null
column verdicts.left_source text not null collate C
column verdicts.left_id text not null collate C
column verdicts.right_source text not null collate C
column verdicts.right_id text not null collate C
column verdicts.same boolean not null
column verdicts.decided_at timestamp with time zone not null default now()
column verdicts.keeps text
constraint alarms.alarm_has_one_id PRIMARY KEY (id)
constraint artist_syncs.artist_is_synced_once_of_a_kind PRIMARY KEY (artist_id, source, what)
constraint artist_syncs.artist_sync_says_of_what CHECK (((length(what) >= 1) AND (length(what) <= 100)))
constraint artist_syncs.artist_syncs_artist_id_fkey FOREIGN KEY (artist_id) REFERENCES artists(id) ON DELETE CASCADE
constraint artists.artist_bandsintown_id_has_at_most_100_characters CHECK ((length(bandsintown_id) <= 100))
constraint artists.artist_image_url_has_at_most_4000_characters CHECK ((length(image_url) <= 4000))
constraint artists.artist_mbid_is_a_uuid CHECK ((mbid ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'::text))
constraint artists.artist_name_has_1_to_10000_characters CHECK (((length(name) >= 1) AND (length(name) <= 10000)))
constraint artists.artist_popularity_is_0_to_100 CHECK (((popularity >= 0) AND (popularity <= 100)))
constraint artists.artist_sort_name_has_at_most_10000_characters CHECK ((length(sort_name) <= 10000))
constraint artists.artist_spotify_id_has_22_characters CHECK ((spotify_id ~ '^[0-9A-Za-z]{22}$'::text))
constraint artists.artist_sync_status_is_known CHECK ((sync_status = ANY (ARRAY['pending'::text, 'syncing'::text, 'success'::text, 'error'::text])))
constraint artists.artist_ticketmaster_id_has_at_most_100_characters CHECK ((length(ticketmaster_id) <= 100))
constraint artists.artists_pkey PRIMARY KEY (id)
constraint artists.bandsintown_id_names_one_artist UNIQUE (bandsintown_id) DEFERRABLE
constraint artists.mbid_names_one_artist UNIQUE (mbid) DEFERRABLE
constraint artists.spotify_id_names_one_artist UNIQUE (spotify_id) DEFERRABLE
constraint artists.ticketmaster_id_names_one_artist UNIQUE (ticketmaster_id) DEFERRABLE
constraint cached_answers.request_has_one_cached_answer PRIMARY KEY (source, key)
constraint cron_logs.cron_logs_pkey PRIMARY KEY (id)
constraint cron_logs.cron_status_is_known CHECK ((status = ANY (ARRAY['success'::text, 'failed'::text, 'timeout'::text])))
constraint dead_letters.dead_letters_pkey PRIMARY KEY (id)
constraint dead_letters.letter_state_is_known CHECK ((state = ANY (ARRAY['open'::text, 'replayed'::text, 'discarded'::text])))
constraint dead_letters.letter_status_is_of_http CHECK (((upstream_status >= 100) AND (upstream_status <= 599)))
constraint field_overrides.field_is_set_once PRIMARY KEY (entity_kind, entity_id, field)
constraint field_overrides.override_kind_is_known CHECK ((entity_kind = ANY (ARRAY['artist'::text, 'venue'::text, 'show'::text])))
constraint field_shares.field_is_counted_once_an_hour PRIMARY KEY (source, record_kind, field, at)
constraint gone_shows.gone_shows_show_id_fkey FOREIGN KEY (show_id) REFERENCES shows(id) ON DELETE CASCADE
constraint gone_shows.show_is_gone_once PRIMARY KEY (show_id)
constraint identity_keys.record_has_a_key_once PRIMARY KEY (entity_kind, key, source, source_id)
constraint identity_pairs.pair_is_open_once PRIMARY KEY (entity_kind, left_source, left_id, right_source, right_id)
constraint identity_pairs.pair_score_is_0_to_1 CHECK (((score >= (0)::numeric) AND (score <= (1)::numeric)))
constraint identity_pairs.pair_state_is_known CHECK ((state = ANY (ARRAY['review'::text, 'watched'::text])))
constraint import_status.import_progress_is_0_to_100 CHECK (((progress >= 0) AND (progress <= 100)))
constraint import_status.import_status_artist_id_fkey FOREIGN KEY (artist_id) REFERENCES artists(id) ON DELETE CASCADE
constraint import_status.import_status_job_id_fkey FOREIGN KEY (job_id) REFERENCES sync_jobs(id) ON DELETE CASCADE
constraint import_status.job_has_one_import_status PRIMARY KEY (job_id)
constraint installation.environment_is_known CHECK ((environment = ANY (ARRAY['development'::text, 'staging'::text, 'production'::text])))
constraint installation.installation_is_one_row CHECK (only_row)
constraint installation.installation_pkey PRIMARY KEY (only_row)
constraint job_ticks.tick_is_claimed_once PRIMARY KEY (job, fire_time)
constraint letter_counts.letter_count_is_a_line PRIMARY KEY (id)
constraint mbid_redirects.mbid_leads_elsewhere CHECK ((mbid <> old_mbid))
constraint mbid_redirects.mbid_leads_to_one_other PRIMARY KEY (old_mbid)
constraint mbid_redirects.new_mbid_is_a_uuid CHECK ((mbid ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'::text))
constraint mbid_redirects.old_mbid_is_a_uuid CHECK ((old_mbid ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'::text))
constraint merged_entities.entity_is_gone_once PRIMARY KEY (entity_kind, gone_id)
constraint missed_records.record_is_missed_once PRIMARY KEY (source, record_kind, source_id)
constraint missed_records.record_was_missed_at_least_once CHECK ((misses > 0))
constraint nodes.node_is_there_once PRIMARY KEY (name)
constraint paused_jobs.paused_jobs_pkey PRIMARY KEY (job)
constraint removed_records.record_is_removed_once PRIMARY KEY (source, record_kind, source_id)
constraint setlist_songs.encore_number_starts_at_1 CHECK ((encore >= 1))
constraint setlist_songs.set_name_has_at_most_200_characters CHECK ((length(set_name) <= 200))
constraint setlist_songs.setlist_entry_has_a_song_or_a_title CHECK (((song_id IS NOT NULL) OR (title IS NOT NULL)))
constraint setlist_songs.setlist_info_has_at_most_2000_characters CHECK ((length(info) <= 2000))
constraint setlist_songs.setlist_position_is_taken_once UNIQUE (setlist_id, "position")
constraint setlist_songs.setlist_position_starts_at_0 CHECK (("position" >= 0))
constraint setlist_songs.setlist_songs_pkey PRIMARY KEY (id)
constraint setlist_songs.setlist_songs_setlist_id_fkey FOREIGN KEY (setlist_id) REFERENCES setlists(id) ON DELETE CASCADE
constraint setlist_songs.setlist_songs_song_id_fkey FOREIGN KEY (song_id) REFERENCES songs(id) ON DELETE CASCADE
constraint setlist_songs.setlist_title_has_at_most_2000_characters CHECK ((length(title) <= 2000))
constraint setlist_songs.votes_are_never_negative CHECK ((votes >= 0))
constraint setlists.setlist_hit_rate_is_0_to_1 CHECK (((hit_rate >= (0)::double precision) AND (hit_rate <= (1)::double precision)))
constraint setlists.setlist_is_predicted_or_played CHECK ((kind = ANY (ARRAY['predicted'::text, 'played'::text])))
constraint setlists.setlist_is_tested_on_0_or_more_shows CHECK ((tested >= 0))
constraint setlists.setlist_rule_has_at_most_100_characters CHECK ((length(rule) <= 100))
constraint setlists.setlist_source_url_has_at_most_4000_characters CHECK ((length(source_url) <= 4000))
constraint setlists.setlists_pkey PRIMARY KEY (id)
constraint setlists.setlists_show_id_fkey FOREIGN KEY (show_id) REFERENCES shows(id) ON DELETE CASCADE
constraint setlists.show_has_one_setlist_of_a_kind UNIQUE (show_id, kind)
constraint show_artists.artist_is_once_in_a_line_up PRIMARY KEY (show_id, artist_id)
constraint show_artists.line_up_position_starts_at_0_the_headliner CHECK (("position" >= 0))
constraint show_artists.show_artists_artist_id_fkey FOREIGN KEY (artist_id) REFERENCES artists(id) ON DELETE CASCADE
constraint show_artists.show_artists_show_id_fkey FOREIGN KEY (show_id) REFERENCES shows(id) ON DELETE CASCADE
constraint show_changes.show_changes_pkey PRIMARY KEY (id)
constraint show_changes.show_changes_show_id_fkey FOREIGN KEY (show_id) REFERENCES shows(id) ON DELETE CASCADE
constraint show_offers.listing_is_offered_once PRIMARY KEY (source, source_id)
constraint show_offers.offer_name_has_1_to_10000_characters CHECK (((length(name) >= 1) AND (length(name) <= 10000)))
constraint show_offers.offer_url_has_at_most_4000_characters CHECK ((length(url) <= 4000))
constraint show_offers.show_offers_show_id_fkey FOREIGN KEY (show_id) REFERENCES shows(id) ON DELETE CASCADE
constraint shows.bandsintown_id_names_one_show UNIQUE (bandsintown_id) DEFERRABLE
constraint shows.setlistfm_id_names_one_show UNIQUE (setlistfm_id) DEFERRABLE
constraint shows.show_bandsintown_id_has_at_most_100_characters CHECK ((length(bandsintown_id) <= 100))
constraint shows.show_currency_has_3_capitals CHECK ((currency ~ '^[A-Z]{3}$'::text))
constraint shows.show_name_has_1_to_10000_characters CHECK (((length(name) >= 1) AND (length(name) <= 10000)))
constraint shows.show_price_min_is_not_negative CHECK ((price_min >= (0)::numeric))
constraint shows.show_prices_are_ordered CHECK ((price_min <= price_max))
constraint shows.show_setlistfm_id_has_at_most_100_characters CHECK ((length(setlistfm_id) <= 100))
constraint shows.show_status_is_known CHECK ((status = ANY (ARRAY['scheduled'::text, 'on_sale'::text, 'off_sale'::text, 'postponed'::text, 'rescheduled'::text, 'cancelled'::text, 'gone'::text])))
constraint shows.show_sync_status_is_known CHECK ((sync_status = ANY (ARRAY['pending'::text, 'syncing'::text, 'success'::text, 'error'::text])))
constraint shows.show_ticketmaster_id_has_at_most_100_characters CHECK ((length(ticketmaster_id) <= 100))
constraint shows.show_time_needs_a_date CHECK (((local_time IS NULL) OR (local_date IS NOT NULL)))
constraint shows.show_timezone_has_at_most_60_characters CHECK ((length(timezone) <= 60))
constraint shows.show_url_has_at_most_4000_characters CHECK ((length(url) <= 4000))
constraint shows.shows_headliner_id_fkey FOREIGN KEY (headliner_id) REFERENCES artists(id) ON DELETE SET NULL
constraint shows.shows_pkey PRIMARY KEY (id)
constraint shows.shows_tour_id_fkey FOREIGN KEY (tour_id) REFERENCES tours(id) ON DELETE SET NULL
constraint shows.shows_venue_id_fkey FOREIGN KEY (venue_id) REFERENCES venues(id) ON DELETE SET NULL
constraint shows.ticketmaster_id_names_one_show UNIQUE (ticketmaster_id) DEFERRABLE
constraint song_recordings.recording_album_has_at_most_2000_characters CHECK ((length(album) <= 2000))
constraint song_recordings.recording_album_type_is_known CHECK ((album_type = ANY (ARRAY['album'::text, 'single'::text, 'compilation'::text])))
constraint song_recordings.recording_duration_is_positive CHECK ((duration_ms > 0))
constraint song_recordings.recording_isrc_has_12_characters CHECK ((isrc ~ '^[A-Z0-9]{12}$'::text))
constraint song_recordings.recording_key_has_1_to_2000_characters CHECK (((length(title_key) >= 1) AND (length(title_key) <= 2000)))
constraint song_recordings.recording_kind_is_known CHECK ((kind = ANY (ARRAY['studio'::text, 'reissue'::text, 'live'::text, 'acoustic'::text, 'demo'::text, 'remix'::text, 'edit'::text, 'instrumental'::text, 'karaoke'::text, 'alternate'::text, 'spoken'::text])))
constraint song_recordings.recording_popularity_is_0_to_100 CHECK (((popularity >= 0) AND (popularity <= 100)))
constraint song_recordings.recording_score_is_0_to_1 CHECK (((score >= (0)::double precision) AND (score <= (1)::double precision)))
constraint song_recordings.recording_song_title_has_1_to_2000_characters CHECK (((length(song_title) >= 1) AND (length(song_title) <= 2000)))
constraint song_recordings.recording_source_id_has_1_to_100_characters CHECK (((length(source_id) >= 1) AND (length(source_id) <= 100)))
constraint song_recordings.recording_title_has_1_to_2000_characters CHECK (((length(title) >= 1) AND (length(title) <= 2000)))
constraint song_recordings.song_recordings_artist_id_fkey FOREIGN KEY (artist_id) REFERENCES artists(id) ON DELETE CASCADE
constraint song_recordings.song_recordings_pkey PRIMARY KEY (id)
constraint song_recordings.song_recordings_song_id_fkey FOREIGN KEY (song_id) REFERENCES songs(id) ON DELETE SET NULL
constraint song_recordings.source_names_a_recording_once UNIQUE (source, source_id)
constraint songs.artist_has_a_song_once UNIQUE (artist_id, normalized_title)
constraint songs.song_album_has_at_most_2000_characters CHECK ((length(album) <= 2000))
constraint songs.song_duration_is_positive CHECK ((duration_ms > 0))
constraint songs.song_isrc_has_12_characters CHECK ((isrc ~ '^[A-Z0-9]{12}$'::text))
constraint songs.song_key_has_1_to_2000_characters CHECK (((length(normalized_title) >= 1) AND (length(normalized_title) <= 2000)))
constraint songs.song_popularity_is_0_to_100 CHECK (((popularity >= 0) AND (popularity <= 100)))
constraint songs.song_source_is_setlist_or_catalogue CHECK ((source = ANY (ARRAY['setlist'::text, 'catalogue'::text])))
constraint songs.song_spotify_id_has_22_characters CHECK ((spotify_id ~ '^[0-9A-Za-z]{22}$'::text))
constraint songs.song_title_has_1_to_2000_characters CHECK (((length(title) >= 1) AND (length(title) <= 2000)))
constraint songs.songs_artist_id_fkey FOREIGN KEY (artist_id) REFERENCES artists(id) ON DELETE CASCADE
constraint songs.songs_cover_of_fkey FOREIGN KEY (cover_of) REFERENCES artists(id) ON DELETE SET NULL
constraint songs.songs_pkey PRIMARY KEY (id)
constraint source_features.source_has_a_feature_once PRIMARY KEY (source, feature)
constraint source_links.entity_kind_is_known CHECK ((entity_kind = ANY (ARRAY['artist'::text, 'venue'::text, 'show'::text, 'song'::text, 'setlist'::text])))
constraint source_links.links_are_decided_by_rule_or_human CHECK ((decided_by = ANY (ARRAY['rule'::text, 'human'::text])))
constraint source_links.record_belongs_to_one_entity PRIMARY KEY (entity_kind, source, source_id)
constraint source_links.score_is_0_to_1 CHECK (((score >= (0)::numeric) AND (score <= (1)::numeric)))
constraint source_pages.page_is_landed_once PRIMARY KEY (run_id, request_n, page, record_kind)
constraint source_quota.breaker_state_is_known CHECK ((breaker = ANY (ARRAY['closed'::text, 'open'::text, 'half_open'::text])))
constraint source_quota.pace_is_1_to_8 CHECK (((pace >= (1)::numeric) AND (pace <= (8)::numeric)))
constraint source_quota.source_quota_pkey PRIMARY KEY (source)
constraint source_records.failed_record_says_why CHECK (((state <> ALL (ARRAY['rejected'::text, 'skipped'::text, 'dead'::text])) OR (error IS NOT NULL)))
constraint source_records.fingerprint_has_16_bytes CHECK ((octet_length(fingerprint) = 16))
constraint source_records.record_state_is_known CHECK ((state = ANY (ARRAY['landed'::text, 'applied'::text, 'rejected'::text, 'skipped'::text, 'dead'::text])))
constraint source_records.source_id_has_1_to_200_characters CHECK (((length(source_id) >= 1) AND (length(source_id) <= 200)))
constraint source_records.source_names_a_record_once PRIMARY KEY (source, record_kind, source_id)
constraint sync_events.sync_event_has_one_id PRIMARY KEY (id)
constraint sync_jobs.sync_job_entity_type_is_known CHECK ((entity_type = ANY (ARRAY['artist'::text, 'venue'::text, 'show'::text, 'song'::text])))
constraint sync_jobs.sync_job_priority_is_1_high_2_normal_3_low CHECK ((priority = ANY (ARRAY[1, 2, 3])))
constraint sync_jobs.sync_job_status_is_known CHECK ((status = ANY (ARRAY['pending'::text, 'in_progress'::text, 'completed'::text, 'failed'::text, 'partial'::text])))
constraint sync_jobs.sync_job_type_is_known CHECK ((job_type = ANY (ARRAY['full_sync'::text, 'shows_only'::text, 'catalog_only'::text, 'update'::text])))
constraint sync_jobs.sync_jobs_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES sync_jobs(id) ON DELETE SET NULL
constraint sync_jobs.sync_jobs_pkey PRIMARY KEY (id)
constraint sync_progress.job_has_a_step_once PRIMARY KEY (job_id, step)
constraint sync_progress.progress_is_0_to_100 CHECK (((progress >= 0) AND (progress <= 100)))
constraint sync_progress.progress_status_is_known CHECK ((status = ANY (ARRAY['pending'::text, 'in_progress'::text, 'completed'::text, 'failed'::text, 'partial'::text])))
constraint sync_progress.sync_progress_job_id_fkey FOREIGN KEY (job_id) REFERENCES sync_jobs(id) ON DELETE CASCADE
constraint sync_requests.request_is_planned_once PRIMARY KEY (run_id, n)
constraint sync_requests.request_state_is_known CHECK ((state = ANY (ARRAY['planned'::text, 'running'::text, 'done'::text, 'split'::text, 'failed'::text])))
constraint sync_requests.sync_requests_run_id_fkey FOREIGN KEY (run_id) REFERENCES sync_jobs(id) ON DELETE CASCADE
constraint tour_venues.tour_plays_a_venue_at_least_once CHECK ((shows > 0))
constraint tour_venues.tour_venues_tour_id_fkey FOREIGN KEY (tour_id) REFERENCES tours(id) ON DELETE CASCADE
constraint tour_venues.tour_venues_venue_id_fkey FOREIGN KEY (venue_id) REFERENCES venues(id) ON DELETE CASCADE
constraint tour_venues.venue_is_once_on_a_tour PRIMARY KEY (tour_id, venue_id)
constraint tours.tour_ends_after_it_starts CHECK ((starts_on <= ends_on))
constraint tours.tour_name_has_1_to_1000_characters CHECK (((length(name) >= 1) AND (length(name) <= 1000)))
constraint tours.tours_artist_id_fkey FOREIGN KEY (artist_id) REFERENCES artists(id) ON DELETE CASCADE
constraint tours.tours_pkey PRIMARY KEY (id)
constraint user_votes.user_votes_setlist_song_id_fkey FOREIGN KEY (setlist_song_id) REFERENCES setlist_songs(id) ON DELETE CASCADE
constraint user_votes.user_votes_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE
constraint user_votes.votes_once_per_user_and_song PRIMARY KEY (user_id, setlist_song_id)
constraint users.users_pkey PRIMARY KEY (id)
constraint venue_network.neighbours_are_a_pair_once PRIMARY KEY (venue_id, neighbour_id)
constraint venue_network.neighbours_share_an_artist CHECK ((shared_artists > 0))
constraint venue_network.network_distance_is_not_negative CHECK ((distance_km >= (0)::double precision))
constraint venue_network.network_score_is_0_to_1 CHECK (((score >= (0)::double precision) AND (score <= (1)::double precision)))
constraint venue_network.pair_names_the_smaller_id_first CHECK ((venue_id < neighbour_id))
constraint venue_network.shared_shows_are_never_negative CHECK ((shared_shows >= 0))
constraint venue_network.venue_network_neighbour_id_fkey FOREIGN KEY (neighbour_id) REFERENCES venues(id) ON DELETE CASCADE
constraint venue_network.venue_network_venue_id_fkey FOREIGN KEY (venue_id) REFERENCES venues(id) ON DELETE CASCADE
constraint venue_syncs.venue_is_synced_once_of_a_kind PRIMARY KEY (venue_id, source, what)
constraint venue_syncs.venue_sync_says_of_what CHECK (((length(what) >= 1) AND (length(what) <= 100)))
constraint venue_syncs.venue_syncs_venue_id_fkey FOREIGN KEY (venue_id) REFERENCES venues(id) ON DELETE CASCADE
constraint venues.setlistfm_id_names_one_venue UNIQUE (setlistfm_id) DEFERRABLE
constraint venues.ticketmaster_id_names_one_venue UNIQUE (ticketmaster_id) DEFERRABLE
constraint venues.venue_address_has_at_most_1000_characters CHECK ((length(address) <= 1000))
constraint venues.venue_capacity_is_positive CHECK ((capacity > 0))
constraint venues.venue_city_has_at_most_1000_characters CHECK ((length(city) <= 1000))
constraint venues.venue_country_code_has_2_capitals CHECK ((country_code ~ '^[A-Z]{2}$'::text))
constraint venues.venue_country_has_at_most_1000_characters CHECK ((length(country) <= 1000))
constraint venues.venue_has_both_coordinates_or_none CHECK (((latitude IS NULL) = (longitude IS NULL)))
constraint venues.venue_latitude_is_in_range CHECK (((latitude >= ('-90'::integer)::double precision) AND (latitude <= (90)::double precision)))
constraint venues.venue_longitude_is_in_range CHECK (((longitude >= ('-180'::integer)::double precision) AND (longitude <= (180)::double precision)))
constraint venues.venue_name_has_1_to_10000_characters CHECK (((length(name) >= 1) AND (length(name) <= 10000)))
constraint venues.venue_postal_code_has_at_most_40_characters CHECK ((length(postal_code) <= 40))
constraint venues.venue_setlistfm_id_has_at_most_100_characters CHECK ((length(setlistfm_id) <= 100))
constraint venues.venue_state_code_has_at_most_20_characters CHECK ((length(state_code) <= 20))
constraint venues.venue_state_has_at_most_1000_characters CHECK ((length(state) <= 1000))
constraint venues.venue_sync_status_is_known CHECK ((sync_status = ANY (ARRAY['pending'::text, 'syncing'::text, 'success'::text, 'error'::text])))
constraint venues.venue_ticketmaster_id_has_at_most_100_characters CHECK ((length(ticketmaster_id) <= 100))
constraint venues.venue_timezone_has_at_most_60_characters CHECK ((length(timezone) <= 60))
constraint venues.venues_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES venues(id) ON DELETE SET NULL
constraint venues.venues_pkey PRIMARY KEY (id)
constraint verdicts.pair_has_one_verdict PRIMARY KEY (entity_kind, left_source, left_id, right_source, right_id)
constraint verdicts.verdict_keeps_one_of_its_two CHECK ((keeps = ANY (ARRAY['left'::text, 'right'::text])))
constraint verdicts.verdict_kind_is_known CHECK ((entity_kind = ANY (ARRAY['artist'::text, 'venue'::text, 'show'::text, 'song'::text])))
constraint verdicts.verdict_names_the_smaller_key_first CHECK ((((left_source || ' '::text) || left_id) < ((right_source || ' '::text) || right_id)))
index CREATE INDEX alarms_to_tell ON public.alarms USING btree (next_try_at) WHERE ((raised_told IS NULL) OR ((ended_at IS NOT NULL) AND (ended_told IS NULL)))
index CREATE INDEX artists_by_genre ON public.artists USING gin (lowered(genres))
index CREATE INDEX artists_by_name ON public.artists USING btree (lower("left"(name, 200)), id)
index CREATE INDEX artists_by_part_of_name ON public.artists USING gin (name gin_trgm_ops)
index CREATE INDEX artists_in_error ON public.artists USING btree (id) WHERE (sync_status = 'error'::text)
index CREATE INDEX cached_answers_by_end ON public.cached_answers USING btree (expires_at)
index CREATE INDEX cached_answers_by_record ON public.cached_answers USING gin (ids)
index CREATE INDEX cron_logs_by_job ON public.cron_logs USING btree (job_name, created_at)
index CREATE INDEX dead_letters_by_group ON public.dead_letters USING btree (state, cause, source, record_kind, last_failed, id)
index CREATE INDEX dead_letters_passing ON public.dead_letters USING btree (last_failed) WHERE ((state = 'open'::text) AND passing)
index CREATE INDEX identity_keys_by_record ON public.identity_keys USING btree (entity_kind, source, source_id)
index CREATE INDEX identity_keys_trusted_by_record ON public.identity_keys USING btree (entity_kind, source, source_id) WHERE trusted
index CREATE INDEX identity_pairs_by_right ON public.identity_pairs USING btree (entity_kind, right_source, right_id)
index CREATE INDEX identity_pairs_for_review ON public.identity_pairs USING btree (entity_kind, score DESC) WHERE (state = 'review'::text)
index CREATE INDEX import_status_by_artist ON public.import_status USING btree (artist_id, started_at DESC)
index CREATE INDEX mbid_redirects_by_new ON public.mbid_redirects USING btree (mbid)
index CREATE INDEX merged_entities_by_keeper ON public.merged_entities USING btree (entity_kind, keep_id)
index CREATE INDEX missed_records_by_run ON public.missed_records USING btree (last_run)
index CREATE INDEX open_letters_by_cause ON public.dead_letters USING btree (cause, source, record_kind, source_id) WHERE (state = 'open'::text)
index CREATE INDEX open_letters_by_run ON public.dead_letters USING btree (run_id) WHERE (state = 'open'::text)
index CREATE INDEX setlist_songs_by_song ON public.setlist_songs USING btree (song_id)
index CREATE INDEX show_artists_by_artist ON public.show_artists USING btree (artist_id, show_id)
index CREATE INDEX show_changes_by_show ON public.show_changes USING btree (show_id, changed_at)
index CREATE INDEX show_changes_by_time ON public.show_changes USING btree (changed_at)
index CREATE INDEX show_offers_by_show ON public.show_offers USING btree (show_id)
index CREATE INDEX shows_by_day ON public.shows USING btree (COALESCE(local_date, 'infinity'::date), id)
index CREATE INDEX shows_by_headliner ON public.shows USING btree (headliner_id, local_date)
index CREATE INDEX shows_by_part_of_name ON public.shows USING gin (name gin_trgm_ops)
index CREATE INDEX shows_by_tour ON public.shows USING btree (tour_id) WHERE (tour_id IS NOT NULL)
index CREATE INDEX shows_by_venue ON public.shows USING btree (venue_id, local_date)
index CREATE INDEX shows_in_error ON public.shows USING btree (id) WHERE (sync_status = 'error'::text)
index CREATE INDEX song_recordings_by_artist ON public.song_recordings USING btree (artist_id)
index CREATE INDEX song_recordings_by_song ON public.song_recordings USING btree (song_id) WHERE (song_id IS NOT NULL)
index CREATE INDEX songs_by_cover ON public.songs USING btree (cover_of) WHERE (cover_of IS NOT NULL)
index CREATE INDEX source_links_by_entity ON public.source_links USING btree (entity_kind, entity_id)
index CREATE INDEX source_pages_by_time ON public.source_pages USING btree (source, fetched_at)
index CREATE INDEX source_records_by_run ON public.source_records USING btree (run_id) WHERE (state = 'landed'::text)
index CREATE INDEX source_records_failed ON public.source_records USING btree (state, source, record_kind) WHERE (state = ANY (ARRAY['rejected'::text, 'dead'::text]))
index CREATE INDEX source_records_failed_by_run ON public.source_records USING btree (run_id) WHERE (state = ANY (ARRAY['rejected'::text, 'dead'::text]))
index CREATE INDEX source_records_landed ON public.source_records USING btree (last_changed) WHERE (state = 'landed'::text)
index CREATE INDEX sync_events_by_entity ON public.sync_events USING btree (entity_type, entity_id, id DESC)
index CREATE INDEX sync_events_by_job ON public.sync_events USING btree (job_id, id)
index CREATE INDEX sync_events_by_time ON public.sync_events USING btree (created_at)
index CREATE INDEX sync_jobs_by_entity ON public.sync_jobs USING btree (entity_type, entity_id)
index CREATE INDEX sync_jobs_by_job ON public.sync_jobs USING btree (job, created_at DESC)
index CREATE INDEX sync_jobs_by_parent ON public.sync_jobs USING btree (parent_id) WHERE (parent_id IS NOT NULL)
index CREATE INDEX sync_jobs_by_priority ON public.sync_jobs USING btree (priority, created_at)
index CREATE INDEX sync_jobs_by_status ON public.sync_jobs USING btree (status)
index CREATE INDEX sync_jobs_of_worker ON public.sync_jobs USING btree (worker, status) WHERE (worker IS NOT NULL)
index CREATE INDEX sync_jobs_of_worker_by_start ON public.sync_jobs USING btree (worker, started_at) WHERE (worker IS NOT NULL)
index CREATE INDEX sync_jobs_open ON public.sync_jobs USING btree (job) WHERE (status = ANY (ARRAY['pending'::text, 'in_progress'::text]))
index CREATE INDEX sync_jobs_queued ON public.sync_jobs USING btree (worker, priority, created_at) WHERE queued
index CREATE INDEX sync_requests_open ON public.sync_requests USING btree (source, run_id, n) WHERE (state = ANY (ARRAY['planned'::text, 'running'::text]))
index CREATE INDEX tour_venues_by_venue ON public.tour_venues USING btree (venue_id)
index CREATE INDEX user_votes_by_song ON public.user_votes USING btree (setlist_song_id)
index CREATE INDEX venue_network_by_neighbour ON public.venue_network USING btree (neighbour_id)
index CREATE INDEX venues_by_city ON public.venues USING btree (lower("left"(city, 200)), id)
index CREATE INDEX venues_by_name ON public.venues USING btree (lower("left"(name, 200)), id)
index CREATE INDEX venues_by_parent ON public.venues USING btree (parent_id) WHERE (parent_id IS NOT NULL)
index CREATE INDEX venues_by_part_of_name ON public.venues USING gin (name gin_trgm_ops)
index CREATE INDEX venues_in_error ON public.venues USING btree (id) WHERE (sync_status = 'error'::text)
index CREATE INDEX verdicts_by_right ON public.verdicts USING btree (entity_kind, right_source, right_id)
index CREATE UNIQUE INDEX alarm_is_open_once ON public.alarms USING btree (kind, subject) WHERE (ended_at IS NULL)
index CREATE UNIQUE INDEX artist_has_a_tour_once ON public.tours USING btree (artist_id, md5(lower(name)))
index CREATE UNIQUE INDEX record_has_one_open_letter ON public.dead_letters USING btree (source, record_kind, source_id) WHERE (state = 'open'::text)
index CREATE UNIQUE INDEX setlist_suggests_a_song_once ON public.setlist_songs USING btree (setlist_id, song_id) WHERE suggested
function chosen_venues(text,text,text,text,double precision,integer,integer) returns SETOF venues sql:  select v.* from venues v where (p_city is null or lower(v.city) = lower(p_city)) and (p_state is null or lower(p_state) in (lower(v.state_code), lower(v.state))) and (p_country is null or lower(p_country) in (lower(v.country_code), lower(v.country))) and (p_near is null or exists (select 1 from point_of(p_near) p where distance_km(p.latitude, p.longitude, v.latitude, v.longitude) <= p_radius)) and (p_min_capacity is null or v.capacity >= p_min_capacity) and (p_max_capacity is null or v.capacity <= p_max_capacity) 
function cleanup_old_sync_data(interval,interval,interval,interval) returns integer plpgsql:  declare gone uuid[]; begin with deleted as ( delete from sync_jobs j where j.status in ('completed', 'failed', 'partial') and coalesce(j.completed_at, j.updated_at) < now() - runs and not exists (select 1 from dead_letters l where l.run_id = j.id and l.state = 'open') -- a replay runs in its job returning j.id ) select coalesce(array_agg(d.id), '{}') into gone from deleted d; delete from source_pages p where p.run_id = any (gone); delete from cron_logs c where c.created_at < now() - logs; delete from sync_events e where e.created_at < now() - logs; delete from alarms a where a.ended_at < now() - logs; delete from field_shares f where f.at < now() - logs; delete from job_ticks t where t.fire_time < now() - logs and exists (select 1 from job_ticks n where n.job = t.job and n.fire_time > t.fire_time); delete from dead_letters l where l.state <> 'open' and l.last_failed < now() - letters; delete from show_changes s where s.changed_at < now() - changes; return cardinality(gone); end
function count_letters() returns trigger plpgsql:  begin if tg_op = 'INSERT' then insert into letter_counts (state, cause, source, record_kind, letters) select state, cause, source, record_kind, count(*) from after group by 1, 2, 3, 4; elsif tg_op = 'DELETE' then insert into letter_counts (state, cause, source, record_kind, letters) select state, cause, source, record_kind, -count(*) from before group by 1, 2, 3, 4; else insert into letter_counts (state, cause, source, record_kind, letters) select state, cause, source, record_kind, sum(n) from (select state, cause, source, record_kind, 1 as n from after union all select state, cause, source, record_kind, -1 from before) as moved group by 1, 2, 3, 4 having sum(n) <> 0; end if; return null; end
function count_votes() returns trigger plpgsql:  begin if tg_op = 'INSERT' then update setlist_songs set votes = votes + 1 where id = new.setlist_song_id; else update setlist_songs set votes = votes - 1 where id = old.setlist_song_id; end if; return null; end
function distance_km(double precision,double precision,double precision,double precision) returns double precision sql:  select 2 * 6371 * asin(least(1, sqrt(power(sin(radians(latitude_b - latitude_a) / 2), 2) + cos(radians(latitude_a)) * cos(radians(latitude_b)) * power(sin(radians(longitude_b - longitude_a) / 2), 2)))) 
function join_letter_counts() returns integer plpgsql:  declare lines integer; begin with old as ( delete from letter_counts returning state, cause, source, record_kind, letters ), joined as ( insert into letter_counts (state, cause, source, record_kind, letters) select state, cause, source, record_kind, sum(letters) from old group by 1, 2, 3, 4 having sum(letters) <> 0 ) select count(*) into lines from old; return lines; end
function last_contact(text[]) returns timestamp with time zone sql:  select max(contact.at) from source_quota q cross join lateral (select max(p.fetched_at) as at from source_pages p where p.source = q.source) as contact where sources is null or q.source = any (sources) 
function log_cron_run(text,text,bigint,text,jsonb) returns uuid sql:  insert into cron_logs (job_name, status, execution_time_ms, error_message, result) values (p_job_name, p_status, p_execution_time_ms, p_error_message, p_result) returning id 
function lowered(text[]) returns text[] sql:  select coalesce(array_agg(lower(word)), '{}') from unnest(words) as word 
function note_entity() returns trigger plpgsql:  begin insert into sync_events (entity_type, entity_id, status, error, metadata) values (tg_argv[0], new.id, new.sync_status, new.last_sync_error, jsonb_build_object('was', old.sync_status)); return null; end
function note_letter() returns trigger plpgsql:  begin insert into sync_events (job_id, platform, entity_type, entity_id, status, error, metadata) values (new.run_id, new.source, coalesce(new.entity_kind, new.record_kind), new.entity_id, 'error', new.error, jsonb_strip_nulls(jsonb_build_object('kind', new.record_kind, 'id', new.source_id, 'route', new.route, 'cause', new.cause, 'attempts', new.attempts, 'upstream_status', new.upstream_status))); return null; end
function note_rejection() returns trigger plpgsql:  begin insert into sync_events (job_id, platform, entity_type, status, error, metadata) values (new.run_id, new.source, new.record_kind, 'error', new.error, jsonb_build_object('kind', new.record_kind, 'id', new.source_id, 'cause', 'rejected')); return null; end
function note_run() returns trigger plpgsql:  begin insert into sync_events (job_id, entity_type, entity_id, status, error, metadata) values (new.id, new.entity_type, new.entity_id, new.status, new.error, jsonb_strip_nulls(jsonb_build_object('job', new.job, 'worker', new.worker, 'retry', nullif(new.retry_count, 0)))); return null; end
function note_show_changes() returns trigger plpgsql:  declare withdrawing boolean := exists (select 1 from sync_jobs j where j.job = 'purge' and j.status in ('pending', 'in_progress')); begin insert into show_changes (show_id, run_id, field, was, is_now) select new.id, new.run_id, c.field, case when not withdrawing then c.was end, c.is_now from (values ('status', old.status, new.status), ('local_date', cast(old.local_date as text), cast(new.local_date as text)), ('local_time', cast(old.local_time as text), cast(new.local_time as text)), ('venue_id', cast(old.venue_id as text), cast(new.venue_id as text)), ('name', old.name, new.name)) as c (field, was, is_now) where c.was is distinct from c.is_now; return null; end
function note_step() returns trigger plpgsql:  begin insert into sync_events (job_id, status, metadata) values (new.job_id, 'progress', jsonb_build_object('step', new.step, 'progress', new.progress)); return null; end
function point_of(text) returns TABLE(latitude double precision, longitude double precision) sql:  select cast(split_part(near, ',', 1) as double precision), cast(split_part(near, ',', 2) as double precision) where near like '%,%' union all select v.latitude, v.longitude from venues v where cast(v.id as text) = lower(near) and v.latitude is not null 
function redirect_mbid(text,text,text) returns boolean plpgsql:  declare target text := coalesce((select r.mbid from mbid_redirects r where r.old_mbid = new_id), new_id); begin if old_id = new_id or exists (select 1 from mbid_redirects r where r.old_mbid = old_id and r.mbid = target) then return false; end if; perform pg_advisory_xact_lock(hashtext('backline apply')); -- no batch may be at work on the records that name it if target = old_id then delete from mbid_redirects r where r.old_mbid = new_id; target := new_id; end if; insert into mbid_redirects as r (old_mbid, mbid, told_by) values (old_id, target, teller) on conflict (old_mbid) do update set mbid = excluded.mbid, told_by = excluded.told_by, told_at = now(); update mbid_redirects r set mbid = target where r.mbid = old_id; update source_records s set state = 'landed' from identity_keys k where k.entity_kind = 'artist' and k.key in ('mbid:' || old_id, 'mbid:' || new_id) and k.trusted and s.source = k.source and s.source_id = k.source_id and s.state = 'applied'; return true; end
function slow_down(bigint,bigint,boolean) returns double precision sql:  select case when not on_demand and used < allowed and (allowed - used) * 5 < allowed then least(10, 0.2 * allowed / (allowed - used)) else 1 end 
function song_counts(uuid[]) returns TABLE(tracks bigint, "totalSongs" bigint, "totalAlbums" bigint, "skippedLiveTracks" bigint, "deduplicatedTracks" bigint, "songsOverLimit" bigint) sql:  with recordings as ( select r.artist_id, r.title_key, r.song_id, r.album, r.album_type, r.released_on, r.kind in ('studio', 'reissue') as display from song_recordings r where r.artist_id = any (artists) ), titles as ( select r.artist_id, r.title_key, bool_or(r.song_id is not null) as kept, count(*) as tracks from recordings r where r.display group by r.artist_id, r.title_key ) select (select count(*) from recordings), (select count(*) from titles where kept), (select count(distinct (artist_id, album, album_type, released_on)) from recordings where album is not null), (select count(*) from recordings where not display), (select cast(coalesce(sum(t.tracks - 1), 0) as bigint) from titles t), (select count(*) from titles where not kept) 
function tell_of_setlist() returns trigger plpgsql:  declare changed uuid := coalesce(new.setlist_id, old.setlist_id); begin perform pg_notify('setlists', cast(l.show_id as text)) from setlists l where l.id = changed and l.kind = 'predicted'; return null; end
function trim_cached_answers(interval) returns integer plpgsql:  declare trimmed integer; begin delete from cached_answers c where c.expires_at < now() - age; get diagnostics trimmed = row_count; return trimmed; end
trigger CREATE TRIGGER artist_changes_its_sync_status AFTER UPDATE OF sync_status ON public.artists FOR EACH ROW WHEN ((old.sync_status IS DISTINCT FROM new.sync_status)) EXECUTE FUNCTION note_entity('artist')
trigger CREATE TRIGGER deleted_letters_are_counted AFTER DELETE ON public.dead_letters REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION count_letters()
trigger CREATE TRIGGER letter_is_written AFTER INSERT OR UPDATE OF attempts ON public.dead_letters FOR EACH ROW WHEN ((new.state = 'open'::text)) EXECUTE FUNCTION note_letter()
trigger CREATE TRIGGER moved_letters_are_counted AFTER UPDATE ON public.dead_letters REFERENCING OLD TABLE AS before NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION count_letters()
trigger CREATE TRIGGER new_letters_are_counted AFTER INSERT ON public.dead_letters REFERENCING NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION count_letters()
trigger CREATE TRIGGER record_is_rejected AFTER UPDATE OF state ON public.source_records FOR EACH ROW WHEN (((new.state = 'rejected'::text) AND ((old.state IS DISTINCT FROM new.state) OR (old.error IS DISTINCT FROM new.error)))) EXECUTE FUNCTION note_rejection()
trigger CREATE TRIGGER run_changes_its_state AFTER UPDATE OF status ON public.sync_jobs FOR EACH ROW WHEN ((old.status IS DISTINCT FROM new.status)) EXECUTE FUNCTION note_run()
trigger CREATE TRIGGER setlist_suggestions_are_told AFTER INSERT ON public.setlist_songs FOR EACH ROW WHEN (new.suggested) EXECUTE FUNCTION tell_of_setlist()
trigger CREATE TRIGGER setlist_votes_are_told AFTER UPDATE OF votes ON public.setlist_songs FOR EACH ROW WHEN ((old.votes IS DISTINCT FROM new.votes)) EXECUTE FUNCTION tell_of_setlist()
trigger CREATE TRIGGER show_changes_are_noted AFTER UPDATE ON public.shows FOR EACH ROW WHEN ((((((old.status IS DISTINCT FROM new.status) OR (old.local_date IS DISTINCT FROM new.local_date)) OR (old.local_time IS DISTINCT FROM new.local_time)) OR (old.venue_id IS DISTINCT FROM new.venue_id)) OR (old.name IS DISTINCT FROM new.name))) EXECUTE FUNCTION note_show_changes()
trigger CREATE TRIGGER show_changes_its_sync_status AFTER UPDATE OF sync_status ON public.shows FOR EACH ROW WHEN ((old.sync_status IS DISTINCT FROM new.sync_status)) EXECUTE FUNCTION note_entity('show')
trigger CREATE TRIGGER step_begins AFTER INSERT ON public.sync_progress FOR EACH ROW EXECUTE FUNCTION note_step()
trigger CREATE TRIGGER venue_changes_its_sync_status AFTER UPDATE OF sync_status ON public.venues FOR EACH ROW WHEN ((old.sync_status IS DISTINCT FROM new.sync_status)) EXECUTE FUNCTION note_entity('venue')
trigger CREATE TRIGGER votes_are_counted AFTER INSERT OR DELETE ON public.user_votes FOR EACH ROW EXECUTE FUNCTION count_votes()
view source_budget  SELECT q.source, q.daily_limit, CASE WHEN w.over THEN (0)::bigint ELSE q.used END AS used, GREATEST((q.daily_limit - CASE WHEN w.over THEN (0)::bigint ELSE q.used END), (0)::bigint) AS remaining, CASE WHEN w.over THEN NULL::timestamp with time zone ELSE (q.window_start + '24:01:00'::interval) END AS window_ends, (r.per_second * (3600)::double precision) AS calls_an_hour, ( SELECT count(*) AS count FROM sync_requests p WHERE ((p.source = q.source) AND (p.state = ANY (ARRAY['planned'::text, 'running'::text])))) AS planned, CASE WHEN ((NOT w.over) AND (r.per_second > (0)::double precision) AND (q.used < q.daily_limit) AND ((now() + make_interval(secs => (((q.daily_limit - q.used))::double precision / r.per_second))) < (q.window_start + '24:01:00'::interval))) THEN (now() + make_interval(secs => (((q.daily_limit - q.used))::double precision / r.per_second))) ELSE NULL::timestamp with time zone END AS dry_at, q.pace, CASE WHEN (q.blocked_until > now()) THEN q.blocked_until ELSE NULL::timestamp with time zone END AS blocked_until, CASE WHEN (q.blocked_until > now()) THEN q.reason ELSE NULL::text END AS reason, q.breaker, q.breaker_since FROM ((source_quota q CROSS JOIN LATERAL ( SELECT ((q.window_start + '24:01:00'::interval) <= now()) AS over) w) CROSS JOIN LATERAL ( SELECT ( CASE WHEN ((q.slot_start + '00:20:00'::interval) <= now()) THEN (0)::numeric ELSE (((q.slot_used + CASE WHEN ((q.slot_start + '00:10:00'::interval) <= now()) THEN (0)::bigint ELSE q.slot_before END))::numeric / GREATEST((EXTRACT(epoch FROM (now() - q.slot_start)) + ( CASE WHEN ((q.slot_before > 0) AND ((q.slot_start + '00:10:00'::interval) > now())) THEN 600 ELSE 0 END)::numeric), (60)::numeric)) END)::double precision AS per_second) r);
view worker_tasks  SELECT worker, count(*) FILTER (WHERE (queued AND (start_after <= now()))) AS waiting, count(*) FILTER (WHERE ((status = 'in_progress'::text) OR ((status = 'pending'::text) AND (NOT queued)))) AS active, count(*) FILTER (WHERE (status = ANY (ARRAY['completed'::text, 'partial'::text]))) AS completed, count(*) FILTER (WHERE (status = 'failed'::text)) AS failed, count(*) FILTER (WHERE (queued AND (start_after > now()))) AS delayed FROM sync_jobs WHERE (worker IS NOT NULL) GROUP BY worker;
