package dev.backline.pages;

import freemarker.cache.StringTemplateLoader;
import freemarker.core.ParseException;
import freemarker.template.Configuration;
import freemarker.template.Template;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TimeZone;

/**
 * The pages of one set of files: templates ({@code *.ftlh}, whose every value is escaped as HTML)
 * and what they refer to (styles, scripts, pictures).
 */
public final class Templates {
  /** Ending of a template's name. */
  public static final String ENDING = ".ftlh";

  private final Configuration configuration = new Configuration(Configuration.VERSION_2_3_34);
  private final Map<String, String> files;
  private final String folder;

  /**
   * @param folder with a slash at its end, in which the names of files begin
   * @param files text by name
   */
  public Templates(String folder, SortedMap<String, String> files) {
    this.folder = folder;
    this.files = files;
    StringTemplateLoader loader = new StringTemplateLoader();
    files.forEach(
        (name, text) -> {
          if (name.endsWith(ENDING)) {
            loader.putTemplate(name.substring(folder.length()), text);
          }
        });
    configuration.setTemplateLoader(loader);
    configuration.setDefaultEncoding("UTF-8");
    configuration.setLocale(Locale.ENGLISH);
    configuration.setTimeZone(TimeZone.getTimeZone("UTC"));
    configuration.setNumberFormat("computer");
    configuration.setLocalizedLookup(false);
    configuration.setAPIBuiltinEnabled(false);
    configuration.setNewBuiltinClassResolver(
        freemarker.core.TemplateClassResolver.ALLOWS_NOTHING_RESOLVER);
    configuration.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
    configuration.setLogTemplateExceptions(false);
    configuration.setWrapUncheckedExceptions(true);
  }

  /** What is wrong with a template; null where nothing is. */
  public ParseException problem(String name) {
    try {
      configuration.getTemplate(name.substring(folder.length()));
      return null;
    } catch (ParseException e) {
      return e;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A page.
   *
   * @param name of the template, without folder and ending
   * @throws IllegalStateException in one line, where the template fails
   */
  public String render(String name, Map<String, Object> model) {
    try {
      Template template = configuration.getTemplate(name + ENDING);
      StringWriter page = new StringWriter(16_384);
      template.process(model, page);
      return page.toString();
    } catch (TemplateException e) {
      String where = e.getTemplateSourceName() + ':' + e.getLineNumber();
      String what = e.getMessageWithoutStackTop().lines().findFirst().orElse("");
      throw new IllegalStateException(folder + where + ": " + what);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The text of a file beside the templates; null where there is none. */
  public String asset(String name) {
    return files.get(folder + "assets/" + name);
  }

  /** Where a page finds a file: its address changes with its text, so that it may be kept. */
  public String address(String name) {
    String text = asset(name);
    return "/assets/" + name + (text == null ? "" : "?v=" + mark(text));
  }

  /** Some characters that tell a text from another. */
  public static String mark(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 12);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
