package dev.backline;

import dev.backline.alarms.Alarms;
import dev.backline.alarms.Webhook;
import dev.backline.apply.BatchSize;
import dev.backline.apply.Batches;
import dev.backline.apply.Failures;
import dev.backline.apply.JqScope;
import dev.backline.apply.Origins;
import dev.backline.apply.Remapping;
import dev.backline.apply.Resolution;
import dev.backline.apply.Schemas;
import dev.backline.apply.ShowRows;
import dev.backline.apply.Strata;
import dev.backline.apply.Survivorship;
import dev.backline.apply.Translation;
import dev.backline.fetch.AccessTokens;
import dev.backline.fetch.AnswerCache;
import dev.backline.fetch.BackOff;
import dev.backline.fetch.BodyLimit;
import dev.backline.fetch.Breakers;
import dev.backline.fetch.Calls;
import dev.backline.fetch.Pacing;
import dev.backline.fetch.Trouble;
import dev.backline.identity.Words;
import dev.backline.land.Landing;
import dev.backline.land.Relanding;
import dev.backline.observe.Gauges;
import dev.backline.pages.Templates;
import dev.backline.plan.Due;
import dev.backline.plan.Listings;
import dev.backline.plan.Planner;
import dev.backline.plan.Replays;
import dev.backline.plan.Requests;
import dev.backline.plan.Schedules;
import dev.backline.plan.Tasks;
import dev.backline.plan.Workers;
import dev.backline.reload.RouteSet;
import dev.backline.reload.RunningSet;
import dev.backline.setlists.Setlists;
import dev.backline.songs.NotSongs;
import dev.backline.songs.SongRows;
import dev.backline.songs.TitleKey;
import dev.backline.songs.VersionRules;
import dev.backline.store.BreakerStates;
import dev.backline.store.Decisions;
import dev.backline.store.Entities;
import dev.backline.store.JobTicks;
import dev.backline.store.JsonRows;
import dev.backline.store.OpenAlarms;
import dev.backline.store.Withdrawal;
import dev.backline.web.Answers;
import dev.backline.web.Headers;
import dev.backline.web.Orders;
import dev.backline.web.Pages;
import dev.backline.web.Problems;
import dev.backline.web.Query;
import dev.backline.web.Reviews;
import dev.backline.web.RouteControl;
import dev.backline.web.Sessions;
import dev.backline.web.Totals;
import dev.backline.web.Upstream;
import dev.backline.web.Visits;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;
import net.thisptr.jackson.jq.Scope;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.spring.spi.SpringTransactionPolicy;
import org.apache.camel.util.concurrent.SynchronousExecutorService;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/** The objects that routes refer to by name. This list is the seam between YAML and Java. */
final class Wiring {
  /** Folder of the routes, beside the working directory. */
  static final Path ROUTES = Path.of("routes");

  private Wiring() {}

  static void bind(
      BiConsumer<String, Object> registry,
      Settings settings,
      DataSource dataSource,
      DataSource reads,
      String node,
      RunningSet running) {
    Clock clock = Clock.systemUTC();
    Scope scope = JqScope.create(() -> running.get().modules());
    registry.accept("jqScope", scope);
    registry.accept("dataSource", dataSource);
    var transactions = new DataSourceTransactionManager(dataSource);
    registry.accept("required", policy(transactions, "PROPAGATION_REQUIRED"));
    registry.accept("nested", policy(transactions, "PROPAGATION_NESTED")); // a savepoint
    registry.accept("jobTicks", new JobTicks(dataSource, node));
    Planner planner =
        new Planner(
            settings,
            scope,
            () -> running.get().below("sources", "").keySet(),
            file -> running.get().text(file),
            new JsonRows(dataSource)::read,
            clock);
    registry.accept("planner", planner);
    registry.accept("requests", new Requests(settings));
    registry.accept("tasks", new Tasks(settings));
    registry.accept("dueRequests", new Due(settings, "source", "fetch.idle-delay"));
    registry.accept("dueTasks", new Due(settings, "worker", "workers.idle-delay"));
    registry.accept("workers", new Workers(settings));
    registry.accept("schedules", new Schedules(settings, clock));
    registry.accept("listings", new Listings(settings));
    registry.accept("calls", new Calls(settings, clock));
    registry.accept("pacing", new Pacing(settings, clock));
    registry.accept("answerCache", new AnswerCache(settings));
    registry.accept("tokens", new AccessTokens(settings, clock));
    new Breakers(settings, new BreakerStates(dataSource)::note)
        .bySource()
        .forEach((source, breaker) -> registry.accept(source + "Breaker", breaker));
    registry.accept("bodyLimit", new BodyLimit(settings.number("fetch.largest-body-mb")));
    registry.accept("backOff", new BackOff(settings));
    registry.accept("trouble", new Trouble(settings, clock));
    registry.accept("landing", new Landing(settings));
    registry.accept("callerRuns", new SynchronousExecutorService());
    registry.accept("pages", (AggregationStrategy) Wiring::collect);
    registry.accept("anyClaimed", (AggregationStrategy) Wiring::anyClaimed);
    Translation translation =
        new Translation(inForce(running, set -> new Schemas(set.below("entities", ""))));
    registry.accept("parseRecord", (Processor) translation::parse);
    registry.accept("judgeEntity", (Processor) translation::judge);
    registry.accept("judgeFailure", (Processor) translation::fail);
    Strata strata = new Strata(inForce(running, set -> Words.of(set.rules("words"))));
    Supplier<VersionRules> versions =
        inForce(running, set -> VersionRules.of(set.rules("recordings")));
    ShowRows showRows =
        new ShowRows(
            inForce(running, set -> new TitleKey(VersionRules.of(set.rules("recordings")))),
            inForce(running, set -> NotSongs.of(set.rules("setlists"))));
    Supplier<Survivorship> survivorship =
        inForce(running, set -> Survivorship.of(set.rules("survivorship")));
    registry.accept(
        "batches", new Batches(settings, strata, survivorship, showRows, new SongRows(versions)));
    registry.accept("resolution", new Resolution(settings, strata, clock));
    registry.accept("origins", new Origins(survivorship));
    registry.accept("failures", new Failures(settings));
    registry.accept("batchSize", new BatchSize(settings));
    registry.accept("replays", new Replays(settings));
    registry.accept("relanding", new Relanding());
    registry.accept("remapping", new Remapping(settings));
    OpenAlarms openAlarms = new OpenAlarms(dataSource);
    registry.accept(
        "alarms", new Alarms(settings, planner::scheduled, openAlarms::lastTicks, clock));
    registry.accept("webhook", new Webhook(settings));
    registry.accept("withdrawal", new Withdrawal(dataSource, settings));
    registry.accept("reads", reads);
    registry.accept("gauges", new Gauges(settings));
    Totals totals = new Totals(settings.number("web.total-seconds"));
    Query query = new Query(settings, totals, clock);
    registry.accept("query", query);
    registry.accept("orders", new Orders(settings, query));
    registry.accept("upstream", new Upstream(settings, query));
    registry.accept("answers", new Answers(settings, totals));
    registry.accept(
        "html",
        new Pages(
            inForce(
                running,
                set -> new Templates(ROUTES.getFileName() + "/pages/", set.below("pages", ""))),
            clock));
    registry.accept("visits", new Visits());
    registry.accept("sessions", new Sessions(settings, clock));
    registry.accept(
        "reviews", new Reviews(Decisions.of(dataSource, settings), new Entities(dataSource)));
    registry.accept("routeControl", new RouteControl());
    registry.accept("setlists", new Setlists());
    registry.accept("httpHeaders", new Headers());
    registry.accept("problems", new Problems());
  }

  /** What is made of a set of files, anew whenever another one takes its place. */
  private static <T> Supplier<T> inForce(RunningSet running, Function<RouteSet, T> make) {
    AtomicReference<T> made = new AtomicReference<>();
    running.follow(set -> made.set(make.apply(set)));
    return made::get;
  }

  private static SpringTransactionPolicy policy(
      DataSourceTransactionManager transactions, String propagation) {
    SpringTransactionPolicy policy = new SpringTransactionPolicy(transactions);
    policy.setPropagationBehaviorName(propagation);
    return policy;
  }

  /**
   * Whether any of the requests that were asked for at once was there: tells the timer to go on.
   */
  private static Exchange anyClaimed(Exchange former, Exchange next) {
    String polled = "CamelSchedulerPolledMessages";
    if (former != null && former.getProperty(polled, false, Boolean.class)) {
      next.setProperty(polled, true);
    }
    return next;
  }

  private static Exchange collect(Exchange former, Exchange next) {
    if (former == null) {
      return next;
    }
    List<?> more = next.getMessage().getBody(List.class);
    List<Object> all = new ArrayList<>((List<?>) former.getMessage().getBody(List.class));
    all.addAll(more);
    former.getMessage().setBody(all);
    return former;
  }
}
