package dev.backline;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What a node is for (setting {@code backline.roles}); several nodes on one database share them.
 */
enum Role {
  /** Starts jobs on their schedules. */
  SCHEDULE,
  /** Calls sources, and takes tasks as a worker. */
  FETCH,
  /** Writes what was fetched, and closes runs. */
  APPLY,
  /** Answers on the public port. */
  WEB;

  static Set<Role> of(Settings settings) {
    Set<Role> roles = EnumSet.noneOf(Role.class);
    for (String word : settings.text("backline.roles").split(",")) {
      roles.add(
          find(word.strip())
              .orElseThrow(
                  () ->
                      new Settings.Invalid(
                          "setting backline.roles knows "
                              + SettingRules.ROLES
                              + ", not '"
                              + word.strip()
                              + "' ("
                              + settings.origin("backline.roles")
                              + ")")));
    }
    return roles;
  }

  private static Optional<Role> find(String word) {
    return List.of(values()).stream().filter(role -> role.word().equals(word)).findFirst();
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
