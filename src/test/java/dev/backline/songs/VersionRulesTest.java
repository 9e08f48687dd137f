package dev.backline.songs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules file: an edit changes what is told, a mistake is named. */
class VersionRulesTest {
  /** The shipped rules with another value at a path of one or two fields. */
  private static Map<String, Object> edited(String field, String inner, Object value) {
    Map<String, Object> rules = copy((Map<?, ?>) Rules.tree());
    if (inner == null) {
      rules.put(field, value);
    } else {
      Map<String, Object> nested = copy((Map<?, ?>) rules.get(field));
      nested.put(inner, value);
      rules.put(field, nested);
    }
    return rules;
  }

  private static Map<String, Object> copy(Map<?, ?> map) {
    Map<String, Object> copy = new HashMap<>();
    map.forEach((key, value) -> copy.put(key.toString(), value));
    return copy;
  }

  @Test
  void newWord_isTakenUpByKindAndKey() {
    Recordings.Judged before =
        new Recordings(Rules.shipped()).classify("Yellow (Maqueta 2)", null, null);
    VersionRules rules = VersionRules.of(edited("words", "karaoke", Map.of("maqueta #", "9")));
    Recordings.Judged after = new Recordings(rules).classify("Yellow (Maqueta 2)", null, null);
    assertThat(before.kind()).isEqualTo(RecordingKind.DEMO);
    assertThat(after.kind()).isEqualTo(RecordingKind.KARAOKE);
    assertThat(after.evidence()).containsExactly("maqueta # (bracket) +13.5");
    assertThat(new TitleKey(rules).of("Yellow (Maqueta 2)")).isEqualTo("yellow");
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "doubt,        -,     much, doubt 'much' is no number",
        "places,       dash,  -,    places.dash is missing",
        "signs,        alone, x,    signs.alone 'x' is no number",
        "words,        loud,  x,    words.loud is no kind of recording",
        "words,        live,  x,    words.live is no mapping of words to weights",
        "words,        studio, x,   words.studio is no kind of recording",
        "fillers,      -,     the,  fillers is no list of words",
        "prepositions, at,    near, prepositions.at 'near' is no number"
      })
  void ruleThatCannotBeUsed_isNamed(String field, String inner, String value, String message) {
    assertThatThrownBy(() -> VersionRules.of(edited(field, inner, value)))
        .isInstanceOf(VersionRules.Unusable.class)
        .hasMessage(message);
  }

  @Test
  void everyKind_hasWordsThatTellIt() {
    List<String> told = new ArrayList<>();
    ((Map<?, ?>) ((Map<?, ?>) Rules.tree()).get("words"))
        .keySet()
        .forEach(k -> told.add(k.toString()));
    for (RecordingKind kind : RecordingKind.values()) {
      assertThat(kind == RecordingKind.STUDIO || told.contains(kind.text()))
          .as(kind.text())
          .isTrue();
    }
  }
}
