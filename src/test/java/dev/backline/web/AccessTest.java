package dev.backline.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backline.Settings;
import dev.backline.web.Access.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The table of who may call what, as examples (S125). */
class AccessTest {
  private static final Access ACCESS =
      Access.parse(
          "access.conf",
          List.of(
              "# comment",
              "",
              "public  GET    /api/shows",
              "public  GET    /api/shows/{id}   # one",
              "admin   GET    /api/shows/secret",
              "admin   POST   /api/shows/{id}",
              "visitor POST   /api/votes",
              "cron    POST   /api/cron/{job}"));

  @ParameterizedTest
  @CsvSource({
    "PUBLIC,  GET,    /api/shows,          ALLOWED",
    "PUBLIC,  HEAD,   /api/shows,          ALLOWED",
    "PUBLIC,  GET,    /api/shows/,         ALLOWED",
    "PUBLIC,  GET,    /api/shows/1,        ALLOWED",
    "PUBLIC,  GET,    /api/shows/1/2,      UNKNOWN_CALLER",
    "PUBLIC,  GET,    /api/Shows,          UNKNOWN_CALLER",
    "PUBLIC,  GET,    /,                   UNKNOWN_CALLER",
    "PUBLIC,  GET,    //api/shows,         UNKNOWN_CALLER",
    "PUBLIC,  POST,   /api/shows,          OTHER_METHOD",
    "PUBLIC,  TRACE,  /api/shows,          OTHER_METHOD",
    "PUBLIC,  POST,   /api/shows/1,        UNKNOWN_CALLER",
    "PUBLIC,  DELETE, /api/shows/1,        OTHER_METHOD",
    "ADMIN,   POST,   /api/shows/1,        ALLOWED",
    "CRON,    POST,   /api/shows/1,        FORBIDDEN",
    "PUBLIC,  GET,    /api/shows/secret,   UNKNOWN_CALLER",
    "ADMIN,   GET,    /api/shows/secret,   ALLOWED",
    "PUBLIC,  POST,   /api/votes,          UNKNOWN_CALLER",
    "VISITOR, POST,   /api/votes,          ALLOWED",
    "CRON,    POST,   /api/votes,          FORBIDDEN",
    "PUBLIC,  GET,    /api/votes,          UNKNOWN_CALLER",
    "VISITOR, GET,    /api/votes,          OTHER_METHOD",
    "PUBLIC,  POST,   /api/cron/x,         UNKNOWN_CALLER",
    "VISITOR, POST,   /api/cron/x,         FORBIDDEN",
    "CRON,    POST,   /api/cron/x,         ALLOWED",
    "ADMIN,   POST,   /api/cron/x,         ALLOWED",
    "PUBLIC,  GET,    /api/none,           UNKNOWN_CALLER",
    "VISITOR, GET,    /api/none,           FORBIDDEN",
    "CRON,    GET,    /api/none,           FORBIDDEN",
    "ADMIN,   GET,    /api/none,           ALLOWED"
  })
  void caller_getsItsVerdict(Who caller, String method, String path, Verdict verdict) {
    assertThat(ACCESS.judge(method, path, caller)).isEqualTo(verdict);
  }

  @Test
  void methods_areThoseThatTheCallerMayUse() {
    assertThat(ACCESS.methods("/api/shows/1", Who.PUBLIC))
        .containsExactly("GET", "HEAD", "OPTIONS");
    assertThat(ACCESS.methods("/api/shows/1", Who.ADMIN))
        .containsExactly("GET", "HEAD", "OPTIONS", "POST");
    assertThat(ACCESS.methods("/api/cron/x", Who.PUBLIC)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "public GET",
        "public GET api/shows",
        "everyone GET /api/shows",
        "PUBLIC GET /api/shows",
        "public get /api/shows",
        "public GET /api/shows extra"
      })
  void lineThatIsNoRule_isNamed(String line) {
    assertThatThrownBy(() -> Access.parse("access.conf", List.of("", line)))
        .isInstanceOf(Settings.Invalid.class)
        .hasMessageContainingAll("access.conf line 2", line, "public, visitor, cron, admin");
  }
}
