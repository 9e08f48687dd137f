package dev.backline.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.backline.store.Notices;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Function;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Server-sent events on the public port: the votes of a setlist whenever they change, and the
 * progress of a run until it has ended. A stream that nobody reads fast enough misses events rather
 * than keeping them; each event says all there is. Between events a line of nothing goes out now
 * and then, which shows a closed connection.
 */
final class EventStreams implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(EventStreams.class);

  /**
   * Paths that are answered here and not by a route, as the table of who may call what has them.
   */
  static final List<String> PATHS =
      List.of("/api/shows/{id}/setlist/events", "/api/jobs/{id}/events");

  private static final int HEARTBEAT_MS = 20_000;
  private static final int TOGETHER_MS = 200;
  private static final int PROGRESS_MS = 500;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final int most;
  private final int mostOfAnAddress;
  private final BiFunction<String, UUID, String> votes;
  private final Function<String, String> progress;
  private final Visitors visitors;
  private final Map<String, Set<HttpServerResponse>> shows = new ConcurrentHashMap<>();
  private final Map<String, Followed> jobs = new ConcurrentHashMap<>();
  private final Set<String> dirty = ConcurrentHashMap.newKeySet();
  private final Map<HttpServerResponse, String> open = new ConcurrentHashMap<>();
  private final Map<String, Integer> byAddress = new ConcurrentHashMap<>();
  private final AtomicInteger number = new AtomicInteger();
  private final AtomicBoolean listening = new AtomicBoolean();
  private final Notices notices;
  private volatile Vertx vertx;

  /**
   * @param most streams at a time
   * @param mostOfAnAddress of these, from one address
   * @param votes the document of a show's votes and of those of a visitor (null: nobody); null
   *     where there is no such show
   * @param progress the document of a run; null where there is none
   */
  EventStreams(
      DataSource dataSource,
      Visitors visitors,
      int most,
      int mostOfAnAddress,
      BiFunction<String, UUID, String> votes,
      Function<String, String> progress) {
    this.visitors = visitors;
    this.most = most;
    this.mostOfAnAddress = mostOfAnAddress;
    this.votes = votes;
    this.progress = progress;
    this.notices =
        new Notices(
            dataSource, "setlists", this::changed, () -> shows.keySet().forEach(this::changed));
  }

  void install(Router router, Vertx vertx) {
    this.vertx = vertx;
    router.get(PATHS.get(0).replace("{id}", ":id")).order(0).handler(this::setlist);
    router.get(PATHS.get(1).replace("{id}", ":id")).order(0).handler(this::job);
    vertx.setPeriodic(HEARTBEAT_MS, t -> open.keySet().forEach(stream -> write(stream, ":\n\n")));
  }

  // --- Votes ------------------------------------------------------------------------------------

  private void setlist(RoutingContext request) {
    UUID visitor = visitors.known(request.request().getHeader("Cookie")).orElse(null);
    begin(
        request,
        id -> votes.apply(id, visitor),
        (id, document) -> {
          HttpServerResponse stream = request.response();
          send(stream, "votes", document);
          shows.computeIfAbsent(id, show -> ConcurrentHashMap.newKeySet()).add(stream);
          stream.closeHandler(end -> leave(id, stream));
          if (stream.closed()) {
            leave(id, stream);
          }
          if (listening.compareAndSet(false, true)) {
            notices.start();
          }
          changed(id); // What changed since the document was made.
        });
  }

  private void leave(String show, HttpServerResponse stream) {
    shows.computeIfPresent(
        show,
        (id, streams) -> {
          streams.remove(stream);
          return streams.isEmpty() ? null : streams;
        });
    close(stream);
  }

  /** A show's votes have changed; several changes in a moment are one event. */
  private void changed(String show) {
    if (shows.containsKey(show) && dirty.add(show)) {
      vertx.setTimer(TOGETHER_MS, t -> tell(show));
    }
  }

  private void tell(String show) {
    dirty.remove(show);
    read(() -> votes.apply(show, null))
        .onSuccess(
            document ->
                shows
                    .getOrDefault(show, Set.of())
                    .forEach(
                        stream -> {
                          if (document != null) {
                            send(stream, "votes", document);
                          }
                        }))
        .onFailure(e -> log.warn("votes of show {} could not be told: {}", show, e.getMessage()));
  }

  // --- Progress ---------------------------------------------------------------------------------

  /** A run that is followed, and what its streams were told last. */
  private static final class Followed {
    private final Set<HttpServerResponse> streams = ConcurrentHashMap.newKeySet();
    private volatile String told = "";
  }

  private void job(RoutingContext request) {
    begin(
        request,
        progress,
        (id, document) -> {
          HttpServerResponse stream = request.response();
          send(stream, "progress", document);
          if (ended(document)) {
            end(stream);
            return;
          }
          jobs.compute(
              id,
              (job, followed) -> {
                Followed now = followed == null ? new Followed() : followed;
                now.streams.add(stream);
                now.told = ""; // the others may know more than this one
                if (followed == null) {
                  lookLater(job);
                }
                return now;
              });
        });
  }

  private void lookLater(String job) {
    vertx.setTimer(PROGRESS_MS, t -> look(job));
  }

  /** One look at a run for all who follow it, and the next one while somebody does. */
  private void look(String job) {
    Followed open =
        jobs.computeIfPresent(
            job,
            (id, followed) -> {
              followed.streams.removeIf(HttpServerResponse::closed);
              return followed.streams.isEmpty() ? null : followed;
            });
    if (open == null) {
      return;
    }
    read(() -> progress.apply(job))
        .onSuccess(document -> tell(job, open, document))
        .onFailure(e -> lookLater(job)); // the database is away: the streams stay
  }

  private void tell(String job, Followed followed, String document) {
    if (document != null && !document.equals(followed.told)) {
      followed.told = document;
      followed.streams.forEach(stream -> send(stream, "progress", document));
    }
    if (document == null || ended(document)) {
      jobs.remove(job);
      followed.streams.forEach(this::end);
    } else {
      lookLater(job);
    }
  }

  private void end(HttpServerResponse stream) {
    if (!stream.closed() && !stream.ended()) {
      stream.end("event: end\ndata: {}\n\n");
    }
    close(stream);
  }

  private static boolean ended(String document) {
    try {
      JsonNode job = JSON.readTree(document);
      return job.hasNonNull("completedAt");
    } catch (IOException e) {
      return true;
    }
  }

  // --- Streams ----------------------------------------------------------------------------------

  private interface Opened {
    void with(String id, String document);
  }

  private void begin(RoutingContext request, Function<String, String> read, Opened opened) {
    String id = request.pathParam("id");
    if (!id.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")) {
      Gate.answer(request, Problem.of(404, "nothing has this id; an id is a uuid"));
      return;
    }
    String address = request.request().getHeader(Gate.ADDRESS);
    boolean tooMany = byAddress.merge(address, 1, Integer::sum) > mostOfAnAddress;
    if (number.incrementAndGet() > most || tooMany) {
      release(address);
      Gate.answer(request, Problem.of(503, "too many streams are open; ask for the document"));
      return;
    }
    read(() -> read.apply(id))
        .onComplete(
            answer -> {
              if (answer.failed() || answer.result() == null) {
                release(address);
                Gate.answer(
                    request,
                    answer.failed() ? Problem.of(503) : Problem.of(404, "nothing has this id"));
                return;
              }
              HttpServerResponse stream = request.response();
              open.put(stream, address);
              stream.closeHandler(end -> close(stream));
              stream
                  .setChunked(true)
                  .putHeader("Content-Type", "text/event-stream; charset=utf-8")
                  .putHeader("Cache-Control", "no-store")
                  .putHeader("X-Accel-Buffering", "no")
                  .write("retry: 2000\n\n");
              opened.with(id, answer.result());
            });
  }

  private Future<String> read(Callable<String> document) {
    return vertx.executeBlocking(document, false);
  }

  private static void send(HttpServerResponse stream, String event, String document) {
    write(stream, "event: " + event + "\ndata: " + document.replace("\n", "") + "\n\n");
  }

  private static void write(HttpServerResponse stream, String text) {
    if (!stream.closed() && !stream.ended() && !stream.writeQueueFull()) {
      stream.write(text);
    }
  }

  private void close(HttpServerResponse stream) {
    String address = open.remove(stream);
    if (address != null) {
      release(address);
    }
  }

  private void release(String address) {
    number.decrementAndGet();
    byAddress.computeIfPresent(address, (a, streams) -> streams == 1 ? null : streams - 1);
  }

  @Override
  public void close() {
    notices.close();
    open.keySet().forEach(HttpServerResponse::end);
  }
}
