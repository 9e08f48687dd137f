package dev.backline.store;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/**
 * Where a PostgreSQL is, from {@code postgresql://user:password@host:port/db?options} or a {@code
 * jdbc:postgresql://} URL. {@code toString} never shows the password.
 */
public record JdbcUrl(String url, String user, String password) {
  /**
   * @throws DatabaseUnavailable when the text is neither form
   */
  public static JdbcUrl parse(String text) {
    return parse(text, "DATABASE_URL");
  }

  /**
   * @param variable where it was given
   * @throws DatabaseUnavailable when the text is neither form
   */
  static JdbcUrl parse(String text, String variable) {
    try {
      boolean jdbc = text.startsWith("jdbc:");
      URI uri = URI.create(jdbc ? text.substring(5) : text);
      boolean known = "postgresql".equals(uri.getScheme()) || "postgres".equals(uri.getScheme());
      // Not getHost: it knows no names with underscores, as services of a compose file have.
      String authority = uri.getRawAuthority() == null ? "" : uri.getRawAuthority();
      int at = authority.lastIndexOf('@');
      String hosts = authority.substring(at + 1);
      if (!known || hosts.isEmpty() || uri.getPath() == null || uri.getPath().length() < 2) {
        throw new IllegalArgumentException("not a PostgreSQL address");
      }
      String user = null;
      String password = null;
      if (at >= 0) {
        String[] parts = authority.substring(0, at).split(":", 2);
        user = decode(parts[0]);
        password = parts.length > 1 ? decode(parts[1]) : null;
      }
      String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
      String plain = "jdbc:postgresql://" + hosts + uri.getRawPath() + query;
      return new JdbcUrl(plain, user, password);
    } catch (IllegalArgumentException e) {
      throw new DatabaseUnavailable(
          variable + " is not a PostgreSQL address; write postgresql://user:password@host:port/db");
    }
  }

  private static String decode(String part) {
    return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  /** User and password for the driver, each only where the address has one. */
  Properties login() {
    Properties login = new Properties();
    if (user != null) {
      login.setProperty("user", user);
    }
    if (password != null) {
      login.setProperty("password", password);
    }
    return login;
  }

  /** The same, for a question that must not wait: two seconds for each step. */
  Properties shortLogin() {
    Properties login = login();
    login.setProperty("connectTimeout", "2");
    login.setProperty("loginTimeout", "2");
    login.setProperty("socketTimeout", "2");
    return login;
  }

  /** The address without user, password or options: fit for a log. */
  public String address() {
    return url.substring("jdbc:".length()).replaceFirst("\\?.*", "");
  }

  @Override
  public String toString() {
    return address();
  }
}
