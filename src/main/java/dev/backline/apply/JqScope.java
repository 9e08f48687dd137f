package dev.backline.apply;

import java.nio.file.Path;
import net.thisptr.jackson.jq.BuiltinFunctionLoader;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.Versions;
import net.thisptr.jackson.jq.module.loaders.BuiltinModuleLoader;
import net.thisptr.jackson.jq.module.loaders.ChainedModuleLoader;
import net.thisptr.jackson.jq.module.loaders.FileSystemModuleLoader;

/** The jq functions that mappings see: the built-in ones and the modules beside the sources. */
public final class JqScope {
  private JqScope() {}

  /**
   * @param modules folder in which {@code include "records";} finds {@code records.jq}
   */
  public static Scope create(Path modules) {
    Scope scope = Scope.newEmptyScope();
    BuiltinFunctionLoader.getInstance().loadFunctions(Versions.JQ_1_7, scope);
    scope.setModuleLoader(
        new ChainedModuleLoader(
            BuiltinModuleLoader.getInstance(),
            new FileSystemModuleLoader(
                scope, Versions.JQ_1_7, modules.toAbsolutePath().normalize())));
    return scope;
  }
}
