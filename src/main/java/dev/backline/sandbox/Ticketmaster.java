package dev.backline.sandbox;

import com.sun.net.httpserver.Headers;
import java.time.Clock;

/** The Discovery API behind its gateway, which knows the key and counts the calls of a day. */
final class Ticketmaster implements Api {
  private final World world;
  private final Discovery discovery;
  private final Quota quota;

  Ticketmaster(World world, Clock clock) {
    this.world = world;
    this.discovery = new Discovery(world);
    this.quota = new Quota(clock);
  }

  @Override
  public void called() {
    quota.call(world.day());
  }

  @Override
  public void tell(Headers headers) {
    quota.tell(headers);
  }

  @Override
  public Answer answer(Call call) {
    String path = Call.decoded(call.path());
    return discovery.answer(path, call.params(), call.faults(), call.out(), call.served());
  }

  @Override
  public Answer status(int status, Params params) {
    String key = params.get("apikey");
    return Answers.status(status, key == null ? "" : key);
  }

  @Override
  public Answer errorWith200() {
    return Answers.errorsWith200();
  }
}
