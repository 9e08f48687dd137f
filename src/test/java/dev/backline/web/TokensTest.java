package dev.backline.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backline.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whom a bearer token names (S125). */
class TokensTest {
  private static final String ADMIN = "a".repeat(32);
  private static final String CRON = "c".repeat(32);

  @TempDir Path folder;

  private static Settings settings(Map<String, String> environment) {
    return Settings.load(Path.of("config", "application.properties"), environment);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      value = {
        "none,                                        PUBLIC",
        "'',                                          PUBLIC",
        "Bearer,                                      PUBLIC",
        "'Bearer ',                                   PUBLIC",
        "Bearer aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa,      ADMIN",
        "bearer  aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa,     ADMIN",
        "Bearer cccccccccccccccccccccccccccccccc,      CRON",
        "Bearer aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa,       PUBLIC",
        "Bearer aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa,     PUBLIC",
        "Basic aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa,       PUBLIC",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa,             PUBLIC"
      })
  void token_namesItsCaller(String authorization, Who caller) {
    Tokens tokens = new Tokens(settings(Map.of("ADMIN_API_KEY", ADMIN, "CRON_SECRET", CRON)));
    assertThat(tokens.caller(authorization)).isEqualTo(caller);
  }

  @Test
  void secretThatIsUnsetOrTooShort_namesNobody() {
    String shorter = "a".repeat(31);
    Tokens unset = new Tokens(settings(Map.of()));
    Tokens tooShort =
        new Tokens(settings(Map.of("ADMIN_API_KEY", shorter, "CRON_SECRET", shorter)));

    assertThat(unset.caller("Bearer ")).isEqualTo(Who.PUBLIC);
    assertThat(tooShort.caller("Bearer " + shorter)).isEqualTo(Who.PUBLIC);
    assertThat(unset.adminIsSet()).isFalse();
    assertThat(tooShort.adminIsSet()).isFalse();
  }

  @Test
  void secretFromAFile_isReadAgain() throws IOException {
    Path file = Files.writeString(folder.resolve("key"), ADMIN + "\n");
    Tokens tokens = new Tokens(settings(Map.of("ADMIN_API_KEY_FILE", file.toString())));
    assertThat(tokens.caller("Bearer " + ADMIN)).isEqualTo(Who.ADMIN);

    Files.writeString(file, "b".repeat(40));

    assertThat(tokens.caller("Bearer " + ADMIN)).isEqualTo(Who.PUBLIC);
    assertThat(tokens.caller("Bearer " + "b".repeat(40))).isEqualTo(Who.ADMIN);
  }

  @Test
  void secretWhoseFileIsGone_namesNobody() {
    Tokens tokens = new Tokens(settings(Map.of("ADMIN_API_KEY_FILE", "/nowhere/key")));
    assertThat(tokens.caller("Bearer " + ADMIN)).isEqualTo(Who.PUBLIC);
    assertThat(tokens.caller(null)).isEqualTo(Who.PUBLIC);
    assertThat(tokens.adminIsSet()).isFalse();
  }
}
