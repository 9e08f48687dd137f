package dev.backline.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedServerTest {
  @TempDir Path folder;

  private static String ask(JdbcUrl url, String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(url.url(), url.user(), url.password());
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }

  private static void tell(JdbcUrl url, String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(url.url(), url.user(), url.password());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Test
  void aFreshFolder_getsAServerWithDurableSettings() throws Exception {
    try (EmbeddedServer server = EmbeddedServer.own(folder)) {
      assertThat(ask(server.url(), "show fsync")).isEqualTo("on");
      assertThat(ask(server.url(), "show synchronous_commit")).isEqualTo("on");
      assertThat(ask(server.url(), "show full_page_writes")).isEqualTo("on");
      assertThat(ask(server.url(), "show data_directory"))
          .isEqualTo(folder.resolve("postgres").toRealPath().toString());
      assertThat(Integer.parseInt(ask(server.url(), "show server_version_num")))
          .isGreaterThan(180000);
      assertThat(Files.readString(folder.resolve("port")).trim())
          .isEqualTo(server.url().url().replaceAll(".*:(\\d+)/.*", "$1"));
    }
  }

  @Test
  void whatWasStored_isThereAfterARestart() throws Exception {
    try (EmbeddedServer server = EmbeddedServer.own(folder)) {
      tell(server.url(), "create table kept as select 7 as value");
    }
    try (EmbeddedServer server = EmbeddedServer.own(folder)) {
      assertThat(ask(server.url(), "select value from kept")).isEqualTo("7");
    }
  }

  @Test
  void aFolderInUse_isRefusedWithThePidOfItsOwner() {
    try (EmbeddedServer server = EmbeddedServer.own(folder)) {
      assertThat(server.adopted()).isFalse();
      assertThatThrownBy(() -> EmbeddedServer.own(folder))
          .isInstanceOf(DatabaseUnavailable.class)
          .hasMessageContaining("is in use by Backline process " + ProcessHandle.current().pid())
          .hasMessageContaining("BACKLINE_DATA_DIR");
      assertThat(EmbeddedServer.running(folder)).contains(server.url());
    }
    assertThat(EmbeddedServer.running(folder)).isEmpty();
  }

  @Test
  void aDatabaseThatWasNeverFinished_isMadeAnew() throws Exception {
    Files.createDirectories(folder.resolve("postgres/base"));
    Files.writeString(folder.resolve("postgres/PG_VERSION"), "18\n");
    Files.writeString(folder.resolve("postgres.unfinished"), "");

    try (EmbeddedServer server = EmbeddedServer.own(folder)) {
      assertThat(ask(server.url(), "select 1")).isEqualTo("1");
    }
    assertThat(folder.resolve("postgres.unfinished")).doesNotExist();
  }
}
