package dev.backline.reload;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A YAML value that knows its line.
 *
 * @param line from 1
 * @param text of a scalar, else null
 * @param items of a list, else empty
 * @param fields of a mapping, else empty
 */
record Yaml(int line, String text, List<Yaml> items, Map<String, Yaml> fields) {
  static final Yaml NOTHING = new Yaml(0, null, List.of(), Map.of());

  /**
   * @throws Unreadable with the line where it is no YAML
   */
  static Yaml parse(String text) {
    try {
      return new Compose(LoadSettings.builder().build())
          .composeString(text)
          .map(Yaml::of)
          .orElse(NOTHING);
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().or(e::getContextMark).map(mark -> mark.getLine() + 1).orElse(1);
      throw new Unreadable(line, e.getProblem());
    } catch (YamlEngineException e) {
      throw new Unreadable(1, e.getMessage());
    }
  }

  /** A text that is no YAML. */
  static final class Unreadable extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final int line;

    Unreadable(int line, String message) {
      super(message);
      this.line = line;
    }

    int line() {
      return line;
    }
  }

  private static Yaml of(Node node) {
    int line = line(node);
    if (node instanceof ScalarNode scalar) {
      return new Yaml(line, scalar.getValue(), List.of(), Map.of());
    }
    if (node instanceof SequenceNode sequence) {
      List<Yaml> items = new ArrayList<>();
      sequence.getValue().forEach(item -> items.add(of(item)));
      return new Yaml(line, null, items, Map.of());
    }
    Map<String, Yaml> fields = new LinkedHashMap<>();
    for (NodeTuple field : ((MappingNode) node).getValue()) {
      String key = field.getKeyNode() instanceof ScalarNode name ? name.getValue() : "?";
      if (fields.put(key, of(field.getValueNode())) != null) {
        throw new Unreadable(line(field.getKeyNode()), "'" + key + "' stands here twice");
      }
    }
    return new Yaml(line, null, List.of(), fields);
  }

  private static int line(Node node) {
    return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
  }

  boolean isText() {
    return text != null;
  }

  boolean isMapping() {
    return text == null && !fields.isEmpty();
  }

  /** The field of that name; {@link #NOTHING} where there is none. */
  Yaml get(String name) {
    return fields.getOrDefault(name, NOTHING);
  }

  /** The text of a field; empty where there is none. */
  String text(String name) {
    String value = get(name).text;
    return value == null ? "" : value;
  }

  /** The same without lines: what two texts have in common that differ in comments and layout. */
  Object meaning() {
    if (text != null) {
      return text;
    }
    if (!items.isEmpty()) {
      return items.stream().map(Yaml::meaning).toList();
    }
    Map<String, Object> meaning = new LinkedHashMap<>();
    fields.forEach((name, value) -> meaning.put(name, value.meaning()));
    return meaning;
  }

  /** What is told of a field. */
  interface Visitor {
    void visit(Yaml holder, String name, Yaml value);
  }

  /** Visits every field, at every depth; an item of a list has the name of the list. */
  void walk(Visitor visitor) {
    walk("", visitor);
  }

  private void walk(String mine, Visitor visitor) {
    fields.forEach(
        (name, value) -> {
          visitor.visit(this, name, value);
          value.walk(name, visitor);
        });
    for (Yaml item : items) {
      if (item.isText()) {
        visitor.visit(this, mine, item);
      }
      item.walk(mine, visitor);
    }
  }
}
