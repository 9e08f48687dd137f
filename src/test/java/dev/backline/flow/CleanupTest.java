package dev.backline.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backline.store.Run;
import dev.backline.testkit.Postgres;
import dev.backline.testkit.TestNode;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is old goes, what is open or of the catalogue stays. */
class CleanupTest {
  private TestNode node;

  @BeforeEach
  void start() {
    node = TestNode.start(Postgres.create(), URI.create("http://127.0.0.1:9/"), Map.of());
    node.jdbc()
        .execute(
            """
            insert into sync_jobs (id, job, status, completed_at, updated_at, metadata)
            select gen_random_uuid(), 'x', s.status, case when s.status in ('pending', 'in_progress') then null else s.at end, s.at,
              jsonb_build_object('name', s.name)
            from (values ('old completed', 'completed', now() - interval '8 days'), ('old failed', 'failed', now() - interval '8 days'),
              ('old partial', 'partial', now() - interval '8 days'), ('old pending', 'pending', now() - interval '8 days'),
              ('old running', 'in_progress', now() - interval '8 days'), ('new failed', 'failed', now() - interval '6 days'),
              ('old, with an open letter', 'partial', now() - interval '8 days'))
              as s (name, status, at);
            insert into sync_requests (run_id, n, source, record_kind, request)   -- which nobody takes: they stay open
            select id, 0, 'spotify', 'track', '{}' from sync_jobs where status in ('pending', 'in_progress');
            insert into source_pages (run_id, source, record_kind, request_window, request_n, page, ids, changed)
            select id, 'ticketmaster', 'event', '', 0, 0, '{a}', '{}' from sync_jobs;
            insert into dead_letters (route, source, record_kind, source_id, cause, error, run_id)
            select 'r', 's', 'request', 'failed', 'c', 'e', id from sync_jobs where metadata ->> 'name' like '%letter';
            insert into cron_logs (job_name, status, created_at)
            values ('old', 'success', now() - interval '31 days'), ('new', 'success', now() - interval '29 days');
            insert into job_ticks (job, fire_time, node)
            values ('a', now() - interval '40 days', 'n'), ('a', now() - interval '39 days', 'n'), ('b', now(), 'n');
            insert into dead_letters (route, source, record_kind, source_id, cause, error, last_failed, state)
            values ('r', 's', 'event', 'open', 'c', 'e', now() - interval '100 days', 'open'),
              ('r', 's', 'event', 'discarded', 'c', 'e', now() - interval '100 days', 'discarded'),
              ('r', 's', 'event', 'lately', 'c', 'e', now(), 'replayed')""");
  }

  @AfterEach
  void stop() {
    node.close();
  }

  private List<String> texts(String query) {
    return node.jdbc().queryForList(query, String.class);
  }

  @Test
  void whatIsOldAndDone_isDeleted() {
    Run run = node.sync("cleanup");

    assertThat(run.status()).as(run.toString()).isEqualTo("completed");
    assertThat(texts("select metadata ->> 'name' from sync_jobs where job = 'x' order by 1"))
        .containsExactly("new failed", "old pending", "old running", "old, with an open letter");
    assertThat(node.count("source_pages")).isEqualTo(4);
    assertThat(texts("select job_name from cron_logs where job_name <> 'cleanup'"))
        .containsExactly("new");
    assertThat(texts("select job from job_ticks order by 1"))
        .as("the last tick of a job says that it has fired")
        .containsExactly("a", "b");
    assertThat(texts("select source_id from dead_letters order by 1"))
        .containsExactly("failed", "lately", "open");
  }

  @Test
  void function_answersHowManyRunsItDeleted() {
    assertThat(node.jdbc().queryForObject("select cleanup_old_sync_data()", Integer.class))
        .isEqualTo(3);
    assertThat(node.jdbc().queryForObject("select cleanup_old_sync_data()", Integer.class))
        .isZero();
  }
}
