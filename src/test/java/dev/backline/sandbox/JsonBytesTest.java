package dev.backline.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonBytesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "plain",
        "\"quoted\\",
        "\u0000\t\n",
        "Ünïcode",
        "夜の電車",
        "\uD83C\uDFB8!",
        "\u200F\u05D0"
      })
  void text_isReadBackAsItWas(String text) throws IOException {
    JsonBytes out = new JsonBytes(1).text(text);
    assertThat(new ObjectMapper().readValue(out.copy(), String.class)).isEqualTo(text);
  }

  @Test
  void noText_isNull() {
    assertThat(new JsonBytes(1).text(null).copy()).asString().isEqualTo("null");
  }

  @Test
  void hash_dependsOnEveryByteFromTheStartGiven() {
    JsonBytes out = new JsonBytes(64).raw("abc").raw("0123456789abcdef+");
    long hash = out.hashFrom(3);
    assertThat(new JsonBytes(8).raw("0123456789abcdef+").hashFrom(0)).isEqualTo(hash);
    assertThat(new JsonBytes(8).raw("0123456789abcdef-").hashFrom(0)).isNotEqualTo(hash);
    assertThat(new JsonBytes(8).raw("1123456789abcdef+").hashFrom(0)).isNotEqualTo(hash);
    assertThat(new JsonBytes(8).raw("0123456789abcdef").hashFrom(0)).isNotEqualTo(hash);
  }
}
