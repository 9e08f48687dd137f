package dev.backline.web;

import dev.backline.Settings;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whom a bearer token names. A secret that is not set, or shorter than 32 characters, names nobody:
 * what it guards is closed. Secrets are looked up at each call, so that one is changed without a
 * restart.
 */
final class Tokens {
  static final int SHORTEST = 32;
  private static final String SCHEME = "Bearer ";

  private static final Logger log = LoggerFactory.getLogger(Tokens.class);

  private final Settings settings;

  Tokens(Settings settings) {
    this.settings = settings;
  }

  /** The caller by the value of the header {@code Authorization}, which may be null. */
  Who caller(String authorization) {
    String token =
        authorization != null && authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
            ? authorization.substring(SCHEME.length()).trim()
            : "";
    if (token.isEmpty()) {
      return Who.PUBLIC;
    }
    // Both are always compared, in a time that does not depend on where they differ.
    boolean admin = equal(token, secret("admin.api-key"));
    boolean cron = equal(token, secret("cron.secret"));
    return admin ? Who.ADMIN : cron ? Who.CRON : Who.PUBLIC;
  }

  /** Whether an operator can be told from anybody else. */
  boolean adminIsSet() {
    return secret("admin.api-key").filter(key -> key.length() >= SHORTEST).isPresent();
  }

  /** A secret whose file cannot be read is not set: closed, and what is public stays open. */
  private Optional<String> secret(String key) {
    try {
      return settings.find(key);
    } catch (Settings.Invalid e) {
      log.error("{}", e.getMessage());
      return Optional.empty();
    }
  }

  private static boolean equal(String token, Optional<String> secret) {
    String expected = secret.orElse("");
    boolean same = MessageDigest.isEqual(digest(token), digest(expected));
    return same && expected.length() >= SHORTEST;
  }

  /** What proves that a text is ours, to whoever knows the secret: HMAC-SHA256 in base64url. */
  static String signature(String secret, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      byte[] signature = mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HmacSHA256", e);
    }
  }

  /** Whether two signatures are the same, in a time that does not depend on where they differ. */
  static boolean same(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }

  /** Of one length, whatever the text: so the comparison says nothing of the secret's length. */
  private static byte[] digest(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
