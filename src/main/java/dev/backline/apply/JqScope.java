package dev.backline.apply;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import net.thisptr.jackson.jq.BuiltinFunctionLoader;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.Versions;
import net.thisptr.jackson.jq.module.loaders.BuiltinModuleLoader;
import net.thisptr.jackson.jq.module.loaders.ChainedModuleLoader;

/** The jq functions that mappings see: the built-in ones and the modules beside the sources. */
public final class JqScope {
  private JqScope() {}

  /**
   * @param modules file names below the folder of the sources, such as {@code records.jq}, and what
   *     they hold; a new map takes effect at once
   */
  public static Scope create(Supplier<Map<String, String>> modules) {
    Scope scope = Scope.newEmptyScope();
    BuiltinFunctionLoader.getInstance().loadFunctions(Versions.JQ_1_7, scope);
    scope.setModuleLoader(
        new ChainedModuleLoader(BuiltinModuleLoader.getInstance(), new Modules(scope, modules)));
    return scope;
  }

  /**
   * @param folder in which {@code include "records";} finds {@code records.jq}, as it is now
   */
  public static Scope create(Path folder) {
    Map<String, String> texts = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (file.toString().matches(".*\\.(jq|json)")) {
          texts.put(folder.relativize(file).toString().replace('\\', '/'), Files.readString(file));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the jq modules in " + folder, e);
    }
    return create(() -> texts);
  }
}
