package dev.backline.reload;

import dev.backline.pages.Templates;
import freemarker.core.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/** What is wrong with the templates of pages. */
final class PageChecks {
  private PageChecks() {}

  static List<Problem> problems(RouteSet set) {
    SortedMap<String, String> files = set.below("pages", "");
    Templates templates = new Templates(set.root() + "/pages/", files);
    List<Problem> problems = new ArrayList<>();
    for (String name : files.keySet()) {
      if (name.endsWith(Templates.ENDING)) {
        ParseException e = templates.problem(name);
        if (e != null) {
          problems.add(
              new Problem(name, e.getLineNumber(), e.getEditorMessage(), "mend the template"));
        }
      }
    }
    return problems;
  }
}
