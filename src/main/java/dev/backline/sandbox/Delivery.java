package dev.backline.sandbox;

import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;

/** Sends an answer, with the faults of the transport. */
final class Delivery {
  private static final int SLICE = 64 * 1024;
  private static final int DRIPPED = 20;

  private Delivery() {}

  /**
   * Sends the answer and closes the exchange. {@code arrived} runs before the last byte of an
   * answer that no fault cuts off, so that a client that has all of it finds it noted.
   */
  static void send(HttpExchange exchange, Answer answer, CallFaults faults, Runnable arrived)
      throws IOException {
    try (exchange) {
      exchange.getResponseHeaders().set("Content-Type", answer.contentType());
      if (faults.has(Fault.EMPTY)) {
        exchange.sendResponseHeaders(answer.status(), -1);
      } else if (faults.has(Fault.TRUNCATED_GZIP)) {
        truncatedGzip(exchange, answer);
      } else if (faults.has(Fault.WRONG_LENGTH)) {
        cut(exchange, answer, answer.length() * 2 / 3, answer.length() * 2 / 3);
      } else if (faults.has(Fault.RESET)) {
        int sent = Math.min(faults.number(Fault.RESET), answer.length() - 1);
        cut(exchange, answer, answer.length(), sent);
      } else if (faults.has(Fault.BIG)) {
        big(exchange, answer, faults.number(Fault.BIG), arrived);
      } else {
        whole(exchange, answer, faults, arrived);
      }
    }
  }

  private static void whole(
      HttpExchange exchange, Answer answer, CallFaults faults, Runnable arrived)
      throws IOException {
    int length = answer.length();
    exchange.sendResponseHeaders(answer.status(), length == 0 ? -1 : length);
    if (length == 0) {
      return;
    }
    OutputStream out = exchange.getResponseBody();
    int sent = 0;
    if (faults.has(Fault.DRIP)) {
      for (; sent < Math.min(DRIPPED, length - 1); sent++) {
        out.write(answer.body()[sent]);
        out.flush();
        pause(faults.number(Fault.DRIP));
      }
    }
    slices(out, answer.body(), sent, length - 1);
    arrived.run();
    out.write(answer.body(), length - 1, 1);
    out.close();
  }

  /** Promises {@code promised} bytes, sends {@code sent} of them and closes the connection. */
  private static void cut(HttpExchange exchange, Answer answer, int promised, int sent)
      throws IOException {
    exchange.getResponseHeaders().set("Connection", "close");
    exchange.sendResponseHeaders(answer.status(), Math.max(1, promised));
    OutputStream out = exchange.getResponseBody();
    slices(out, answer.body(), 0, sent);
    out.flush();
  }

  private static void truncatedGzip(HttpExchange exchange, Answer answer) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(answer.body(), 0, answer.length());
    }
    byte[] bytes = packed.toByteArray();
    exchange.getResponseHeaders().set("Content-Encoding", "gzip");
    exchange.sendResponseHeaders(answer.status(), bytes.length / 2);
    exchange.getResponseBody().write(bytes, 0, bytes.length / 2);
  }

  /** Sends a JSON object with one more field at its end that fills it up to so many megabytes. */
  private static void big(HttpExchange exchange, Answer answer, int megabytes, Runnable arrived)
      throws IOException {
    byte[] name = ",\"padding\":\"".getBytes(StandardCharsets.US_ASCII);
    long size = Math.max(megabytes * 1_000_000L, answer.length() + 100L);
    long filling = size - answer.length() - name.length - 1;
    exchange.sendResponseHeaders(answer.status(), size);
    OutputStream out = exchange.getResponseBody();
    slices(out, answer.body(), 0, answer.length() - 1);
    out.write(name);
    byte[] slice = new byte[SLICE];
    Arrays.fill(slice, (byte) 'x');
    while (filling > 0) {
      int n = (int) Math.min(SLICE, filling);
      out.write(slice, 0, n);
      filling -= n;
    }
    out.write('"');
    arrived.run();
    out.write('}');
    out.close();
  }

  private static void slices(OutputStream out, byte[] body, int from, int to) throws IOException {
    for (int i = from; i < to; i += SLICE) {
      out.write(body, i, Math.min(SLICE, to - i));
    }
  }

  static void pause(int millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
