package dev.backline.store;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/** Who this node is, and the leases of processes that are known to be dead. */
public final class Leases {
  private Leases() {}

  /** {@code host/pid/start}, unique for each process. */
  public static String node() {
    ProcessHandle me = ProcessHandle.current();
    return host() + "/" + me.pid() + "/" + start(me);
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }

  private static long start(ProcessHandle process) {
    return process.info().startInstant().map(i -> i.toEpochMilli()).orElse(0L);
  }

  /**
   * Gives back at once what dead processes of this host held, so that a restart goes on without
   * waiting for their leases to end; on a database that only we can use, whatever anybody held.
   *
   * @return how many requests were given back
   */
  public static int releaseDead(Database database) {
    JdbcTemplate jdbc = new JdbcTemplate(database.pool());
    List<String> owners =
        jdbc.queryForList(
            "select distinct lease_owner from sync_requests where state = 'running'", String.class);
    int released = 0;
    for (String owner : owners) {
      if (owner != null && (database.exclusive() || dead(owner))) {
        released += release(jdbc, owner);
      }
    }
    return released;
  }

  private static int release(JdbcTemplate jdbc, String owner) {
    return jdbc.update(
        "update sync_requests set state = 'planned', lease_owner = null, lease_until = null"
            + " where state = 'running' and lease_owner = ?",
        owner);
  }

  /** Says that a node has ended and holds nothing any more. */
  public static void leave(Database database, String node) {
    try {
      JdbcTemplate jdbc = new JdbcTemplate(database.pool());
      jdbc.update("delete from nodes where name = ?", node);
      release(jdbc, node);
    } catch (DataAccessException e) {
      // The database is away: the others see by its silence that the node is gone.
    }
  }

  private static boolean dead(String owner) {
    String[] parts = owner.split("/");
    if (parts.length != 3 || !parts[0].equals(host())) {
      return false;
    }
    Optional<ProcessHandle> process =
        ProcessHandle.of(Long.parseLong(parts[1])).filter(ProcessHandle::isAlive);
    return process.isEmpty() || start(process.get()) != Long.parseLong(parts[2]);
  }
}
