package dev.backline.testkit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A real browser that is installed on this machine; tests are skipped where none is. */
public final class Browser implements AutoCloseable {
  private static final List<Path> PLACES =
      List.of(
          Path.of("/usr/bin/chromium"),
          Path.of("/usr/bin/chromium-browser"),
          Path.of("/usr/bin/google-chrome"));

  private final Playwright playwright;
  private final com.microsoft.playwright.Browser browser;
  private final URI site;

  private Browser(Path executable, URI site) {
    this.site = site;
    this.playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    this.browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(executable)
                    .setArgs(List.of("--no-sandbox")));
  }

  /**
   * @param site that its visitors look at
   */
  public static Browser start(URI site) {
    Path executable = PLACES.stream().filter(Files::isExecutable).findFirst().orElse(null);
    assumeTrue(executable != null, "no browser is installed: " + PLACES);
    return new Browser(executable, site);
  }

  /** Somebody with cookies of their own. */
  public BrowserContext visitor() {
    return visitor(new com.microsoft.playwright.Browser.NewContextOptions());
  }

  public BrowserContext visitor(com.microsoft.playwright.Browser.NewContextOptions options) {
    BrowserContext context = browser.newContext(options.setBaseURL(site.toString()));
    context.setDefaultTimeout(20_000);
    return context;
  }

  /** A picture for people to look at, under target/screenshots. */
  public static void picture(Page page, String name) {
    page.screenshot(
        new Page.ScreenshotOptions()
            .setFullPage(true)
            .setPath(Path.of("target", "screenshots", name + ".png")));
  }

  @Override
  public void close() {
    playwright.close();
  }
}
