package dev.backline.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.zip.GZIPOutputStream;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a source may send, over a real connection. */
class BodyLimitTest {
  private static final int LIMIT = 1 << 20;

  private HttpServer server;
  private volatile byte[] body;
  private volatile boolean zipped;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          if (zipped) {
            exchange.getResponseHeaders().add("Content-Encoding", "gzip");
          }
          exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
          try (exchange) {
            exchange.getResponseBody().write(body);
          } catch (IOException e) {
            // The client hung up: that is what some of these tests are about.
          }
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private int fetched() throws IOException {
    HttpClientBuilder builder = HttpClientBuilder.create();
    new BodyLimit(1).configureHttpClient(builder);
    try (CloseableHttpClient client = builder.build()) {
      HttpGet get = new HttpGet("http://127.0.0.1:" + server.getAddress().getPort() + "/");
      return client.execute(
          get,
          response ->
              response.getEntity() == null
                  ? 0
                  : response.getEntity().getContent().readAllBytes().length);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, LIMIT - 1, LIMIT})
  void bodyUpToTheLimit_isRead(int length) throws IOException {
    body = new byte[length];
    assertThat(fetched()).isEqualTo(length);
  }

  @ParameterizedTest
  @ValueSource(ints = {LIMIT + 1, 5 * LIMIT})
  void bodyOverTheLimit_isRefusedAndSaysWhichSetting(int length) {
    body = new byte[length];
    assertThatThrownBy(this::fetched)
        .isInstanceOf(BodyTooLarge.class)
        .hasMessageContainingAll("1 MB", "fetch.largest-body-mb");
  }

  @Test
  void smallAnswerThatUnpacksToALargeOne_isRefused() throws IOException {
    body = zip(new byte[5 * LIMIT]);
    zipped = true;
    assertThat(body.length).isLessThan(LIMIT / 10);
    assertThatThrownBy(this::fetched).isInstanceOf(BodyTooLarge.class);
  }

  @Test
  void smallAnswerThatUnpacksToASmallOne_isRead() throws IOException {
    body = zip(new byte[LIMIT / 2]);
    zipped = true;
    assertThat(fetched()).isEqualTo(LIMIT / 2);
  }

  private static byte[] zip(byte[] plain) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(plain);
    }
    return out.toByteArray();
  }
}
