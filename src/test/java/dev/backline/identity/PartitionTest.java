package dev.backline.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which records are the same artist: the tables are the specification. */
class PartitionTest {
  /** {@code id:trusted,trusted@entity}; m… is an MBID, s… a Spotify id. */
  private static Member member(String text) {
    String[] atEntity = text.trim().split("@", 2);
    String[] parts = atEntity[0].split(":", 2);
    Set<String> trusted = new TreeSet<>();
    if (parts.length > 1 && !parts[1].isEmpty()) {
      Arrays.stream(parts[1].split(","))
          .map(id -> (id.startsWith("m") ? "mbid:" : "spotify:") + id)
          .forEach(trusted::add);
    }
    return new Member("src", parts[0], trusted, atEntity.length > 1 ? atEntity[1] : null);
  }

  private static List<Member> members(String text) {
    return Arrays.stream(text.trim().split("\\s+")).map(PartitionTest::member).toList();
  }

  /** {@code a+b c}: groups in their order, members in theirs. */
  private static String groups(List<Group> groups) {
    return groups.stream()
        .map(g -> g.members().stream().map(Member::id).collect(Collectors.joining("+")))
        .collect(Collectors.joining(" "));
  }

  private static String entities(List<Group> groups) {
    return groups.stream()
        .map(g -> g.entity() == null ? "new" : g.entity())
        .collect(Collectors.joining(" "));
  }

  // --- Who is together --------------------------------------------------------------------------

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // nothing in common
        "a:m1 b:m2                    | a b",
        "a b                          | a b",
        "a:s1 b:s2                    | a b",
        "a:m1 b:s1                    | a b",
        // one id in common
        "a:m1 b:m1                    | a+b",
        "a:s1 b:s1                    | a+b",
        "a:m1,s1 b:m1,s2              | a+b",
        "a:m1,s1 b:s1                 | a+b",
        // an MBID beats a Spotify id: the names of two artists on one Spotify page
        "a:m1,s1 b:m2,s1              | a b",
        "a:m1,s1 b:m2,s1 c:m2         | a b+c",
        // a third without MBID goes to the first of them
        "a:m1,s1 b:m2,s1 c:s1         | a+c b",
        "a:s1 b:m1,s1 c:m2,s1         | a+b c",
        "a:s1 b:m2,s1 c:m1,s1         | a+b c",
        // joined by others
        "a:m1,s1 b:s1,s2 c:s2         | a+b+c",
        "a:s1 b:s1,s2 c:s2,s3 d:s3    | a+b+c+d",
        "a:s1 b:s2 c:s1,s2            | a+b+c",
        "a:m1 b:m1,s1 c:s1            | a+b+c",
        // not through a conflict: c has s1 in common with both and belongs to one
        "a:m1,s1 b:s1,s2 c:m2,s2      | a+b c",
        "a:m1,s1 b:s2,s3 c:s1,s2 d:m2,s3 | a+b+c d",
        // the same MBID, though another Spotify id conflicts
        "a:m1,s1 b:m1,s2 c:m2,s2      | a+b c",
        "a                            | a"
      })
  void records_areTogetherByTrustedIds(String records, String expected) {
    List<Group> groups = Partition.of(members(records));
    assertThat(groups(groups)).isEqualTo(expected);
    for (Group group : groups) {
      assertThat(group.reasons().values())
          .extracting(Reason::method)
          .containsOnly(group.members().size() > 1 ? "trusted-id" : "source-id");
    }
  }

  @Test
  void noRecords_areNoGroups() {
    assertThat(Partition.of(List.of())).isEmpty();
  }

  @Test
  void sameIdFromTwoSources_areTwoRecords() {
    List<Group> groups =
        Partition.of(
            List.of(
                new Member("b", "1", Set.of(), null),
                new Member("a", "1", Set.of(), null),
                new Member("a", "2", Set.of("mbid:m"), null),
                new Member("b", "2", Set.of("mbid:m"), null)));
    assertThat(groups.stream().map(g -> g.members().stream().map(Member::key).toList()))
        .containsExactly(List.of("a 1"), List.of("a 2", "b 2"), List.of("b 1"));
  }

  // --- Which entity they keep -------------------------------------------------------------------

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // new, known, and a new one beside a known one
        "a:m1 b:m2                | a b     | new new",
        "a:m1@A b:m2@B            | a b     | A B",
        "a:m1 b:m1@B              | a+b     | B",
        // joined: the first member's entity stays
        "a:m1@A b:m1@B            | a+b     | A",
        "a:s1@A b:s1,s2@B c:s2@C  | a+b+c   | A",
        "b:m1@B a:m1@A            | a+b     | A",
        // divided: the first group keeps the entity, the other has a new one
        "a:m1@A b:m2@A            | a b     | A new",
        "a:m1@A b:m2@A c:m2@A     | a b+c   | A new",
        "b:m2@A a:m1@A            | a b     | A new",
        // divided and joined at once: the entity that nobody else holds
        "a:m1@A b:m2@A c:m2@C     | a b+c   | A C",
        "a:m1 b:m2@B              | a b     | new B"
      })
  void group_keepsAnEntityThatNoOtherHolds(String records, String expected, String entities) {
    List<Group> groups = Partition.of(members(records));
    assertThat(groups(groups)).isEqualTo(expected);
    assertThat(entities(groups)).isEqualTo(entities);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // whoever was one with it stays, whatever joined them
        "a@A b@A                  | a    | a+b     | A",
        "a@A b@A                  | b    | a+b     | A",
        "a@A b@A c@A              | b    | a+b+c   | A",
        "a@A b:s1@A c:s1@C        | a    | a+b+c   | A",
        // nobody else
        "a@A b@B c                | a    | a b c   | A B new",
        "a@A b@A                  | c    | a b     | A new",
        // not against what is known for certain
        "a:m1@A b:m2@A            | a    | a b     | A new"
      })
  void silentRecord_staysWithThoseItWasOneWith(
      String records, String silent, String expected, String entities) {
    List<Group> groups =
        Partition.of(
                members(records),
                Set.of("src " + silent),
                List.of(),
                List.of(),
                new Partition.Thresholds(0.9, 0.5, 0))
            .groups();
    assertThat(groups(groups)).isEqualTo(expected);
    assertThat(entities(groups)).isEqualTo(entities);
  }

  // --- Any records ------------------------------------------------------------------------------

  private static List<Member> artists(Random random) {
    List<Member> artists = new ArrayList<>();
    for (int i = random.nextInt(12); i > 0; i--) {
      Set<String> trusted = new TreeSet<>();
      if (random.nextBoolean()) {
        trusted.add("mbid:m" + random.nextInt(3));
      }
      for (int s = random.nextInt(3); s > 0; s--) {
        trusted.add("spotify:s" + random.nextInt(5));
      }
      String entity = random.nextBoolean() ? "E" + random.nextInt(4) : null;
      artists.add(new Member("src" + random.nextInt(2), "r" + i, trusted, entity));
    }
    return artists;
  }

  @Test
  void anyOrder_givesTheSamePartition() {
    for (int seed = 0; seed < 500; seed++) {
      Random random = new Random(seed);
      List<Member> artists = artists(random);
      List<Member> shuffled = new ArrayList<>(artists);
      Collections.shuffle(shuffled, random);
      assertThat(Partition.of(shuffled)).as("seed %d", seed).isEqualTo(Partition.of(artists));
    }
  }

  @Test
  void anyRecords_areDividedWithoutConflict() {
    for (int seed = 0; seed < 500; seed++) {
      dividedWithoutConflict(artists(new Random(seed)));
    }
  }

  private static void dividedWithoutConflict(List<Member> artists) {
    List<Group> groups = Partition.of(artists);
    assertThat(groups.stream().flatMap(g -> g.members().stream()))
        .as("each record is in one group")
        .containsExactlyInAnyOrderElementsOf(artists);
    Set<String> mbids = new HashSet<>();
    for (Group group : groups) {
      Set<String> mine =
          group.members().stream()
              .flatMap(m -> m.trustedIds().stream())
              .filter(id -> id.startsWith("mbid:"))
              .collect(Collectors.toSet());
      assertThat(mine).as("MBIDs of one group").hasSizeLessThan(2);
      mine.forEach(id -> assertThat(mbids.add(id)).as("%s is in one group", id).isTrue());
    }
    List<String> entities = groups.stream().map(Group::entity).filter(Objects::nonNull).toList();
    assertThat(entities).doesNotHaveDuplicates();
    for (Group group : groups) {
      if (group.entity() == null) {
        assertThat(group.members().stream().map(Member::entity).filter(Objects::nonNull))
            .as("a group without an entity had none that is free")
            .isSubsetOf(entities);
      } else {
        assertThat(group.members()).extracting(Member::entity).contains(group.entity());
      }
    }
  }
}
