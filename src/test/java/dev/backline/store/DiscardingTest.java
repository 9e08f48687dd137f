package dev.backline.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backline.testkit.Postgres;
import java.sql.Connection;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.transaction.support.TransactionTemplate;

/** Whatever is tried on such a connection, nothing of it stays. */
class DiscardingTest {
  private final PGSimpleDataSource real = new PGSimpleDataSource();
  private final JdbcTemplate seen = new JdbcTemplate(real);

  DiscardingTest() {
    JdbcUrl url = JdbcUrl.parse(Postgres.create());
    real.setUrl(url.url());
    real.setUser(url.user());
    seen.execute("create table tried (n integer)");
  }

  private long rows() {
    return seen.queryForObject("select count(*) from tried", Long.class);
  }

  @Test
  void whatWasWritten_isGoneWithOrWithoutATransaction() {
    Discarding discarding = new Discarding(real);
    JdbcTemplate jdbc = new JdbcTemplate(discarding);
    assertThat(jdbc.update("insert into tried values (1)")).isEqualTo(1);
    assertThat(rows()).isZero();

    long inside =
        new TransactionTemplate(new DataSourceTransactionManager(discarding))
            .execute(
                status -> {
                  jdbc.update("insert into tried values (2)");
                  return jdbc.queryForObject("select count(*) from tried", Long.class);
                });
    assertThat(inside).as("the transaction sees what it wrote").isEqualTo(1);
    assertThat(rows()).isZero();
  }

  @Test
  void aConnection_goesBackAsItWas() throws Exception {
    try (Connection one = real.getConnection()) {
      SingleConnectionDataSource pool = new SingleConnectionDataSource(one, true);
      new JdbcTemplate(new Discarding(pool)).update("insert into tried values (1)");

      assertThat(one.getAutoCommit()).isTrue();
      assertThat(new JdbcTemplate(pool).queryForObject("show statement_timeout", String.class))
          .isEqualTo("0");
      new JdbcTemplate(pool).update("insert into tried values (2)");
    }
    assertThat(rows()).isEqualTo(1);
  }
}
