package dev.backline.apply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backline.Settings;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Batches follow the load of the machine (S134). */
class BatchSizeTest {
  @ParameterizedTest
  @CsvSource({
    "15, 0.0, 15",
    "15, 0.5, 15",
    "15, 0.51, 7",
    "15, 0.8, 7",
    "15, 0.81, 3",
    "15, 9.0, 3",
    "500, 0.3, 500",
    "500, 0.9, 100",
    "1, 9.0, 1"
  })
  void batch_isSmallerTheMoreTheMachineHasToDo(int most, double load, int records) {
    Settings settings =
        Settings.load(Path.of("config/application.properties"), Map.of())
            .with(Map.of("apply.sweep-records", String.valueOf(most)));

    assertThat(new BatchSize(settings, () -> load).records()).isEqualTo(records);
  }
}
