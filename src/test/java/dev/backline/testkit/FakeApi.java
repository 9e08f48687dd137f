package dev.backline.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** An API of a few answers, written in a test; it notes every call as it came over the wire. */
public final class FakeApi implements AutoCloseable {
  /**
   * A call as it came.
   *
   * @param target path and query, as they were written
   */
  public record Call(
      String method, String target, com.sun.net.httpserver.Headers headers, String body) {
    public String path() {
      return target.replaceFirst("\\?.*", "");
    }

    public String header(String name) {
      return headers.getFirst(name);
    }
  }

  /** What is sent back. */
  public record Answer(int status, String body, Map<String, String> headers) {
    public Answer(int status, String body) {
      this(status, body, Map.of());
    }

    public static Answer of(String body) {
      return new Answer(200, body);
    }
  }

  private final List<Call> calls = new CopyOnWriteArrayList<>();
  private final HttpServer server;

  private FakeApi(HttpServer server) {
    this.server = server;
  }

  /** Serves every path with what the function says, one call after the other. */
  public static FakeApi start(Function<Call, Answer> answers) {
    return start(answers, null);
  }

  /** The same, all calls at once: one that takes its time keeps no other waiting. */
  public static FakeApi concurrent(Function<Call, Answer> answers) {
    return start(
        answers,
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "fake-api");
              thread.setDaemon(true);
              return thread;
            }));
  }

  private static FakeApi start(Function<Call, Answer> answers, Executor executor) {
    try {
      HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
      FakeApi api = new FakeApi(server);
      server.setExecutor(executor);
      server.createContext("/", exchange -> api.serve(exchange, answers));
      server.start();
      return api;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void serve(HttpExchange exchange, Function<Call, Answer> answers) throws IOException {
    try (exchange) {
      Call call =
          new Call(
              exchange.getRequestMethod(),
              exchange.getRequestURI().toString(),
              exchange.getRequestHeaders(),
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
      calls.add(call);
      Answer answer = answers.apply(call);
      byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
      answer.headers().forEach(exchange.getResponseHeaders()::set);
      exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }

  /** Its address with a path. */
  public URI at(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  public List<Call> calls() {
    return List.copyOf(calls);
  }

  /** Path and query of every call, in order. */
  public List<String> targets() {
    return calls.stream().map(Call::target).toList();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
