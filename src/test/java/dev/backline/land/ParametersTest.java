package dev.backline.land;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParametersTest {
  private static String without(String body) {
    return new String(
        Parameters.without(body.getBytes(StandardCharsets.UTF_8), List.of("app_id", "key")),
        StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"u\":\"https://h/e?app_id=x&a=1\"}                     | {\"u\":\"https://h/e?a=1\"}",
        "{\"u\":\"https://h/e?a=1&app_id=x\"}                     | {\"u\":\"https://h/e?a=1\"}",
        "{\"u\":\"https://h/e?a=1&app_id=x&b=2\"}                 | {\"u\":\"https://h/e?a=1&b=2\"}",
        "{\"u\":\"https://h/e?app_id=x\"}                         | {\"u\":\"https://h/e\"}",
        "{\"u\":\"https://h/e?app_id=x%20y#top\"}                 | {\"u\":\"https://h/e#top\"}",
        "{\"u\":\"https://h/e?app_id=x&key=y&app_id=z&b=2\"}      | {\"u\":\"https://h/e?b=2\"}",
        "{\"u\":\"https://h/e?APP_ID=x\\u0026a=1\"}               | {\"u\":\"https://h/e?a=1\"}",
        "{\"u\":\"https://h/r?to=https%3A%2F%2Fh%3Fapp_id%3Dx%26a%3D1&b=2\"} | {\"u\":\"https://h/r?to=https%3A%2F%2Fh%3Fa%3D1&b=2\"}",
        "{\"u\":\"https:\\/\\/h\\/e?app_id=\",\"n\":\"é\"}         | {\"u\":\"https:\\/\\/h\\/e\",\"n\":\"é\"}"
      })
  void namedParameter_isTakenOutWhereverItStands(String body, String clean) {
    assertThat(without(body)).isEqualTo(clean);
  }

  @Test
  void allElse_staysAsItIs() {
    String body =
        "{\"app_id\":\"x\",\"n\":\"app_id=7 夜 🎸\",\"u\":\"https://h/e?my_app_id=1&keys=2\"}";
    assertThat(without(body)).isEqualTo(body);
  }
}
