package dev.backline.sandbox;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The simulated APIs over one generated world, served over HTTP on the loopback address: the
 * Discovery API of Ticketmaster, the REST API of setlist.fm, the public API of Bandsintown, the Web
 * API of Spotify, and under {@code /world} what a test or a demo steers them with.
 */
public final class Sandbox implements AutoCloseable {
  private static final int THREADS = 24;

  /**
   * What to simulate.
   *
   * @param port the port to listen on, 0 for any free one
   * @param seed the same seed gives the same world
   * @param artists how many artists, at least 1; a world has about 10 events and 0.3 venues an
   *     artist
   * @param start the first day of the world
   * @param faults a fault specification, "" for none; see {@link Sandbox#faults}
   */
  public record Options(int port, long seed, int artists, LocalDate start, String faults) {
    private static final LocalDate FIRST_DAY = LocalDate.of(2026, 12, 1);

    /** Any free port, no faults, and always the same first day (2026-12-01). */
    public static Options of(long seed, int artists) {
      return new Options(0, seed, artists, FIRST_DAY, "");
    }
  }

  private final World world;
  private final Ledger ledger;
  private final Spotify spotify;
  private final HttpServer server;
  private final ExecutorService threads;
  private volatile Faults faults;

  private Sandbox(Options options) throws IOException {
    // Without it every small answer waits 40 ms. It is read once, when the server class loads.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    world = new World(options.seed(), options.artists(), options.start());
    ledger = new Ledger(world);
    faults = new Faults(options.faults(), world);
    InetSocketAddress address =
        new InetSocketAddress(InetAddress.getByName("127.0.0.1"), options.port());
    server = HttpServer.create(address, 0);
    threads = threads();
    server.setExecutor(threads);
    Clock clock = Clock.systemUTC();
    spotify = new Spotify(world, ledger.of(Source.SPOTIFY), clock);
    ApiHandler ticketmaster = handler(Source.TICKETMASTER, new Ticketmaster(world, clock), clock);
    server.createContext("/ticketmaster/discovery/v2/", ticketmaster);
    // The links in answers start here: the real API has no path before it.
    server.createContext("/discovery/v2/", ticketmaster);
    server.createContext(
        "/setlistfm/rest/1.0/",
        handler(Source.SETLISTFM, new SetlistFm(world, ledger.of(Source.SETLISTFM)), clock));
    server.createContext(
        "/bandsintown/",
        handler(Source.BANDSINTOWN, new Bandsintown(world, ledger.of(Source.BANDSINTOWN)), clock));
    server.createContext(Spotify.PATH, handler(Source.SPOTIFY, spotify, clock));
    server.createContext("/spotify/api/token", new SpotifyTokenHandler(spotify.tokens()));
    server.createContext("/world", new ControlHandler(this));
    server.start();
  }

  private ApiHandler handler(Source source, Api api, Clock clock) {
    return new ApiHandler(api, ledger.of(source), () -> faults.next(source), clock);
  }

  /**
   * Generates the world and listens.
   *
   * @throws IOException when the port is taken
   * @throws IllegalArgumentException when there is no artist or a fault is unknown
   */
  public static Sandbox start(Options options) throws IOException {
    return new Sandbox(options);
  }

  public int port() {
    return server.getAddress().getPort();
  }

  /** Where the sandbox listens, ending in a slash. */
  public URI uri() {
    return URI.create("http://127.0.0.1:" + port() + "/");
  }

  /** The base of an API, ending in a slash. */
  public URI uri(Source source) {
    return switch (source) {
      case TICKETMASTER -> ticketmaster();
      case SETLISTFM -> setlistfm();
      case BANDSINTOWN -> bandsintown();
      case SPOTIFY -> spotify();
    };
  }

  /** The base of the Discovery API, ending in a slash. */
  public URI ticketmaster() {
    return uri().resolve("ticketmaster/discovery/v2/");
  }

  /** The base of the setlist.fm API, ending in a slash. */
  public URI setlistfm() {
    return uri().resolve("setlistfm/rest/1.0/");
  }

  /** The base of the Bandsintown API, ending in a slash. */
  public URI bandsintown() {
    return uri().resolve("bandsintown/");
  }

  /** The base of the Web API of Spotify, ending in a slash. */
  public URI spotify() {
    return uri().resolve(Spotify.PATH);
  }

  /** Where Spotify gives out access tokens. */
  public URI spotifyToken() {
    return uri().resolve("spotify/api/token");
  }

  /** Settings of a node that calls these APIs, as fast as it can. */
  public Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>();
    settings.put("ticketmaster.base-url", ticketmaster().toString());
    settings.put("ticketmaster.api-key", "sandbox-ticketmaster-key");
    settings.put("setlistfm.base-url", setlistfm().toString());
    settings.put("setlistfm.api-key", "sandbox-setlistfm-key");
    settings.put("bandsintown.base-url", bandsintown().toString());
    settings.put("bandsintown.app-id", "sandbox-bandsintown-id");
    settings.put("spotify.base-url", spotify().toString());
    settings.put("spotify.token-url", spotifyToken().toString());
    settings.put("spotify.client-id", "sandbox-client");
    settings.put("spotify.client-secret", "sandbox-spotify-secret");
    for (Source source : Source.values()) {
      settings.put(source.word() + ".rate-limit-per-second", "1000");
      settings.put(source.word() + ".rate-limit-per-day", "10000000");
    }
    return settings;
  }

  public World world() {
    return world;
  }

  public Ledger ledger() {
    return ledger;
  }

  /** Lets so many days pass (0 to 100,000). */
  public void advance(int days) {
    world.advance(days);
  }

  /**
   * Replaces the faults; calls are counted from 1 again.
   *
   * @param spec comma-separated rules {@code [API:]WHAT[=ARG][@N|%P|*K]}: on the N-th call of that
   *     API only, on P percent of the calls, on the first K calls, or on every call; without an API
   *     for Ticketmaster; "" for none
   * @throws IllegalArgumentException with one line that lists the valid faults
   */
  public void faults(String spec) {
    faults = new Faults(spec, world);
  }

  /** What is behind the records of every API. */
  public Identities identities() {
    return new Identities(world);
  }

  /** Writes what {@code GET /world/truth?source=ticketmaster} answers, as of today. */
  public void writeTruth(OutputStream out) throws IOException {
    writeTruth(Source.TICKETMASTER, out);
  }

  /** Writes what {@code GET /world/truth?source=…} answers: one JSON object a line. */
  public void writeTruth(Source source, OutputStream out) throws IOException {
    switch (source) {
      case TICKETMASTER -> {
        new Truth(world.snapshot(), faults.spoiled()).write(out);
        identities().write(source, out);
      }
      case SETLISTFM, BANDSINTOWN -> identities().write(source, out);
      case SPOTIFY -> new SpotifyTruth(releases(), out).write();
    }
  }

  /** The releases that Spotify tells of. */
  public Releases releases() {
    return spotify.releases();
  }

  Spotify spotifyApi() {
    return spotify;
  }

  String faultSpec() {
    return faults.spec();
  }

  /** Stops at once; calls under way are cut off. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private static ExecutorService threads() {
    AtomicInteger number = new AtomicInteger();
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(task, "sandbox-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }
}
