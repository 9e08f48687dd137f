package dev.backline.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JdbcUrlTest {
  @ParameterizedTest
  @CsvSource({
    "postgresql://u:p@host:5433/db,         jdbc:postgresql://host:5433/db, u, p",
    "postgres://u:p@host/db,                jdbc:postgresql://host/db,      u, p",
    "jdbc:postgresql://host:5432/db,        jdbc:postgresql://host:5432/db, ,",
    "jdbc:postgresql://u:p@host/db,         jdbc:postgresql://host/db,      u, p",
    "postgresql://u@host/db,                jdbc:postgresql://host/db,      u,",
    "postgresql://u:@host/db,               jdbc:postgresql://host/db,      u, ''",
    "postgresql://host/db?sslmode=require,  jdbc:postgresql://host/db?sslmode=require, ,",
    "postgresql://u:p@[::1]:5432/db,        jdbc:postgresql://[::1]:5432/db, u, p",
    // percent-encoded, and a plus that is a plus
    "postgresql://u%40x:p%3A%2F%40@host/db, jdbc:postgresql://host/db,      u@x, p:/@",
    "postgresql://u:a+b:c@host/db,          jdbc:postgresql://host/db,      u, a+b:c",
    // a name that a compose file gives a service
    "postgresql://u:p@my_db:5432/db,        jdbc:postgresql://my_db:5432/db, u, p"
  })
  void address_isRead(String text, String url, String user, String password) {
    JdbcUrl parsed = JdbcUrl.parse(text);
    assertThat(parsed.url()).isEqualTo(url);
    assertThat(parsed.user()).isEqualTo(user);
    assertThat(parsed.password()).isEqualTo(password);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "host/db",
        "mysql://u:secret@host/db",
        "jdbc:mysql://host/db",
        "postgresql:db",
        "postgresql://u:secret@host",
        "postgresql://u:secret@host/",
        "postgresql:///db",
        "postgresql://u:sec ret@host/db",
        "postgresql://u:sec%zzret@host/db",
        "not a URL"
      })
  void anythingElse_isRefusedWithoutShowingIt(String text) {
    assertThatThrownBy(() -> JdbcUrl.parse(text))
        .isInstanceOf(DatabaseUnavailable.class)
        .hasNoCause()
        .hasMessageContainingAll("DATABASE_URL", "postgresql://user:password@host:port/db")
        .hasMessageNotContaining("ret@");
  }

  @Test
  void text_showsNoPassword() {
    JdbcUrl url =
        JdbcUrl.parse("postgresql://ada:hidden@host:5433/db?password=also&sslmode=require");
    assertThat(url).hasToString("postgresql://host:5433/db");
    assertThat(url.address()).isEqualTo("postgresql://host:5433/db");
  }
}
