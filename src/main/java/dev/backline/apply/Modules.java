package dev.backline.apply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.Versions;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import net.thisptr.jackson.jq.internal.javacc.ExpressionParser;
import net.thisptr.jackson.jq.module.Module;
import net.thisptr.jackson.jq.module.ModuleLoader;
import net.thisptr.jackson.jq.module.SimpleModule;

/**
 * What {@code include "records";} finds. The texts may be replaced while mappings run: each map of
 * them is compiled once, and a new map is compiled anew. (jackson-jq's own loader keeps what it has
 * read until the process ends.)
 */
final class Modules implements ModuleLoader {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Scope scope;
  private final Supplier<Map<String, String>> texts;
  private volatile Generation generation;

  /** The modules of one map of texts. */
  private static final class Generation {
    private final Map<String, String> texts;
    private final Map<String, Module> loaded = new HashMap<>();
    private final Set<String> loading = new HashSet<>();

    Generation(Map<String, String> texts) {
      this.texts = texts;
    }
  }

  /**
   * @param texts file names below the folder of the sources, such as {@code records.jq}, and what
   *     they hold; always the same map while nothing has changed
   */
  Modules(Scope scope, Supplier<Map<String, String>> texts) {
    this.scope = scope;
    this.texts = texts;
    this.generation = new Generation(texts.get());
  }

  private Generation current() {
    Map<String, String> now = texts.get();
    Generation known = generation;
    if (known.texts != now) {
      known = new Generation(now);
      generation = known;
    }
    return known;
  }

  @Override
  public Module loadModule(Module caller, String name, JsonNode metadata)
      throws JsonQueryException {
    Generation now = current();
    synchronized (now) {
      Module module = now.loaded.get(name);
      if (module == null && now.texts.containsKey(name + ".jq")) {
        if (!now.loading.add(name)) {
          throw new JsonQueryException("module " + name + " includes itself");
        }
        try {
          module = compile(now.texts.get(name + ".jq"));
          now.loaded.put(name, module);
        } finally {
          now.loading.remove(name);
        }
      }
      return module;
    }
  }

  private Module compile(String text) throws JsonQueryException {
    SimpleModule module = new SimpleModule();
    Scope inner = Scope.newChildScope(scope);
    inner.setCurrentModule(module);
    // As the library's own loader does it: a JsonQuery would define the functions in a scope of its
    // own, which nobody sees.
    ExpressionParser.compile(text + "\nnull", Versions.JQ_1_7)
        .apply(inner, NullNode.getInstance(), null, (nothing, path) -> {}, false);
    module.addAllFunctions(inner.getLocalFunctions());
    return module;
  }

  @Override
  public JsonNode loadData(Module caller, String name, JsonNode metadata)
      throws JsonQueryException {
    String text = current().texts.get(name + ".json");
    if (text == null) {
      return null;
    }
    ArrayNode values = JSON.createArrayNode();
    try (var each = JSON.readerFor(JsonNode.class).<JsonNode>readValues(text)) {
      each.forEachRemaining(values::add);
    } catch (IOException | RuntimeException e) {
      throw new JsonQueryException(name + ".json is not JSON: " + e.getMessage(), e);
    }
    return values;
  }
}
