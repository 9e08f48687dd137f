package dev.backline.land;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ZstdTest {
  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "{\"id\":\"夜\",\"t\":\"\\u0000\"}"})
  void record_comesBackByteForByte(String record) throws IOException {
    assertThat(Zstd.decompress(Zstd.compress(bytes(record)))).isEqualTo(bytes(record));
  }

  @Test
  void longRecord_comesBackByteForByteAndTakesLessSpace() throws IOException {
    byte[] raw = bytes("{\"id\":\"a\",\"t\":\"" + "Ada Quartet, ".repeat(100_000) + "\"}");
    byte[] stored = Zstd.compress(raw);
    assertThat(stored.length).isLessThan(raw.length / 10);
    assertThat(Zstd.decompress(stored)).isEqualTo(raw);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "plain text that was never compressed"})
  void bytesThatWereNeverCompressed_areRefused(String stored) {
    assertThatThrownBy(() -> Zstd.decompress(bytes(stored)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("zstd");
  }

  @Test
  void truncatedBytes_areRefused() {
    byte[] stored = Zstd.compress(bytes("{\"id\":\"a\",\"t\":\"Ada Quartet\"}"));
    byte[] cut = Arrays.copyOf(stored, stored.length - 5);
    assertThatThrownBy(() -> Zstd.decompress(cut)).isInstanceOf(IOException.class);
  }

  @Test
  void sizeBeyondTheLimit_isRefusedBeforeItIsReserved() {
    // A frame header that claims 1 GB: magic, a descriptor with an 8-byte size, the size.
    byte[] header = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, (byte) 0xe0, 0, 0, 0, 0x40, 0, 0, 0, 0};
    assertThatThrownBy(() -> Zstd.decompress(header))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("1073741824");
  }
}
