package dev.backline.sandbox;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * What never changes of the events, as arrays by index. An extra listing (VIP, parking, lounge) and
 * a second show of the day follow their main event, share its attractions and venue, and live by
 * its dates: {@link #main} is the event that decides.
 */
final class Events {
  /** Days from the first day of the world to the last date of an event: 30 months. */
  static final int LAST_DAY = 912;

  private final Dice dice;
  private final Names names;
  private final Attraction[] attractions;
  private final Venue[] venues;
  private final int artists;

  private int size;
  private int[] main = new int[1024];
  private int[] venue = new int[1024];
  private int[] castStart = new int[1024];
  private int[] firstDate = new int[1024];
  private byte[] listing = new byte[1024];
  private boolean[] second = new boolean[1024];
  private boolean[] idTwin = new boolean[1024];
  private int[] cast = new int[2048];
  private int castSize;
  private final int[] playedStart;
  private final int[] played;

  Events(Dice dice, Attraction[] attractions, Venue[] venues, int artists) {
    this.dice = dice;
    this.names = new Names(dice);
    this.attractions = attractions;
    this.venues = venues;
    this.artists = artists;
    for (int artist = 0; artist < artists; artist++) {
      int slots = slots(artist);
      for (int slot = 0; slot < slots; slot++) {
        int date = 1 + (int) ((slot + dice.share(Trait.EVENT_DATE, size)) / slots * (LAST_DAY - 1));
        addShow(artist, date);
      }
    }
    castStart = Arrays.copyOf(castStart, size + 1);
    castStart[size] = castSize;
    main = Arrays.copyOf(main, size);
    venue = Arrays.copyOf(venue, size);
    firstDate = Arrays.copyOf(firstDate, size);
    listing = Arrays.copyOf(listing, size);
    second = Arrays.copyOf(second, size);
    idTwin = Arrays.copyOf(idTwin, size);
    cast = Arrays.copyOf(cast, castSize);
    playedStart = new int[attractions.length + 1];
    played = new int[castSize];
    groupByAttraction();
  }

  int size() {
    return size;
  }

  /** The event whose dates this one shares; itself for a main event. */
  int main(int event) {
    return main[event];
  }

  /** The venue where it takes place, even when the API does not tell. */
  Venue place(int event) {
    return venues[venue[event]];
  }

  boolean venueShown(int event) {
    int decides = main[event];
    return decides != 5 && !dice.hit(0.3, Trait.EVENT_NO_VENUE, decides);
  }

  int castSize(int event) {
    return castStart[event + 1] - castStart[event];
  }

  /** The attraction at a position of the billing, 0 being the headliner. */
  Attraction cast(int event, int position) {
    return attractions[cast[castStart[event] + position]];
  }

  /** Every event that an attraction ever plays. */
  IntStream ofAttraction(int attraction) {
    return Arrays.stream(played, playedStart[attraction], playedStart[attraction + 1]);
  }

  Listing listing(int event) {
    return Listing.values()[listing[event]];
  }

  /** True for the early one of two shows of the same attraction, venue and day. */
  boolean second(int event) {
    return second[event];
  }

  /** The first date it was announced for, in days from the first day of the world. */
  int firstDate(int event) {
    return firstDate[event];
  }

  Segment segment(int event) {
    int headliner = castSize(event) == 0 ? -1 : cast[castStart[event]];
    return headliner < 0 ? Segment.MUSIC : attractions[headliner].segment();
  }

  /** True when {@code classificationName=music} finds it, although it may not be music. */
  boolean foundAsMusic(int event) {
    return segment(event) == Segment.MUSIC || dice.hit(75, Trait.EVENT_LET_IN, main[event]);
  }

  String id(int event) {
    if (!idTwin[event]) {
      return dice.id(13 + dice.below(9, Trait.EVENT_ID_LENGTH, event), Trait.EVENT_ID, event);
    }
    String other = id(event - 1);
    char first = other.charAt(0);
    char flipped =
        Character.isUpperCase(first) ? Character.toLowerCase(first) : Character.toUpperCase(first);
    return flipped + other.substring(1);
  }

  String name(int event) {
    int decides = main[event];
    String title = title(event, decides);
    String name =
        switch (listing(event)) {
          case SHOW -> title;
          case VIP ->
              dice.hit(50, Trait.EVENT_NAME, -event)
                  ? title + " - VIP Package"
                  : "VIP Upgrade: " + title;
          case PARKING ->
              dice.hit(50, Trait.EVENT_NAME, -event) ? "PARKING: " + title : "Parking - " + title;
          case ADDON ->
              dice.hit(50, Trait.EVENT_NAME, -event)
                  ? title + " | Gold Lounge"
                  : "Gold Lounge - " + title;
        };
    boolean stray = dice.hit(2, Trait.EVENT_SPACES, event);
    return stray ? Names.spaced(name, dice.below(4, Trait.EVENT_SPACES, -event)) : name;
  }

  private String title(int event, int decides) {
    int billed = castSize(event);
    if (billed == 0) {
      return names.tour(decides) + " Night";
    }
    if (billed > 6) {
      return names.tour(decides) + " Festival";
    }
    String headliner = cast(event, 0).name().strip();
    return switch (dice.below(10, Trait.EVENT_NAME, decides)) {
      case 0, 1, 2, 3, 4 -> headliner;
      case 5, 6 -> headliner + ": The " + names.tour(cast(event, 0).index()) + " Tour";
      case 7 -> headliner + " - " + place(event).place().city();
      case 8 -> billed > 1 ? headliner + " with " + cast(event, 1).name().strip() : headliner;
      default -> headliner + " Live in Concert";
    };
  }

  /** How many dates an artist plays: most a few, some many, about 10.5 on average. */
  private int slots(int artist) {
    int kind = dice.below(100, Trait.ARTIST_SLOTS, artist);
    if (kind < 8 && artist > 0) {
      return 0;
    }
    if (kind < 62) {
      return 1 + dice.below(9, Trait.ARTIST_SLOT_COUNT, artist);
    }
    if (kind < 92) {
      return 10 + dice.below(15, Trait.ARTIST_SLOT_COUNT, artist);
    }
    return 25 + dice.below(35, Trait.ARTIST_SLOT_COUNT, artist);
  }

  private void groupByAttraction() {
    for (int i = 0; i < castSize; i++) {
      playedStart[cast[i] + 1]++;
    }
    for (int i = 1; i < playedStart.length; i++) {
      playedStart[i] += playedStart[i - 1];
    }
    int[] next = playedStart.clone();
    for (int event = 0; event < size; event++) {
      for (int i = castStart[event]; i < castStart[event + 1]; i++) {
        played[next[cast[i]]++] = event;
      }
    }
  }

  private void addShow(int artist, int date) {
    int show = size;
    int at =
        Math.min(
            dice.below(venues.length, Trait.EVENT_VENUE, show * 2L),
            dice.below(venues.length, Trait.EVENT_VENUE, show * 2L + 1));
    add(show, at, date, Listing.SHOW, false);
    addCast(show, artist);
    idTwin[show] = show == 9 || (show > 9 && !idTwin[show - 1] && twinned(show));
    if (dice.hit(1, Trait.EVENT_EXTRA, -show)) {
      addBeside(show, Listing.SHOW);
    }
    if (show == 11 || dice.hit(8, Trait.EVENT_EXTRA, show)) {
      int kind = dice.below(100, Trait.EVENT_EXTRA_KIND, show);
      addBeside(show, kind < 45 ? Listing.VIP : kind < 75 ? Listing.PARKING : Listing.ADDON);
      if (dice.hit(30, Trait.EVENT_EXTRA_KIND, -show)) {
        addBeside(show, kind < 45 ? Listing.ADDON : Listing.VIP);
      }
    }
  }

  private boolean twinned(int show) {
    return dice.hit(1, Trait.EVENT_ID_TWIN, show);
  }

  private void addBeside(int show, Listing what) {
    add(show, venue[show], firstDate[show], what, what == Listing.SHOW);
    int from = castStart[show];
    int billed = castStart[show + 1] - from;
    for (int i = 0; i < billed; i++) {
      bill(cast[from + i]);
    }
  }

  private void add(int decides, int at, int date, Listing what, boolean secondShow) {
    if (size + 1 >= main.length) {
      int more = main.length * 2;
      main = Arrays.copyOf(main, more);
      venue = Arrays.copyOf(venue, more);
      castStart = Arrays.copyOf(castStart, more);
      firstDate = Arrays.copyOf(firstDate, more);
      listing = Arrays.copyOf(listing, more);
      second = Arrays.copyOf(second, more);
      idTwin = Arrays.copyOf(idTwin, more);
    }
    main[size] = decides;
    venue[size] = at;
    castStart[size] = castSize;
    firstDate[size] = date;
    listing[size] = (byte) what.ordinal();
    second[size] = secondShow;
    size++;
    castStart[size] = castSize;
  }

  private void addCast(int show, int artist) {
    boolean music = !dice.hit(4, Trait.EVENT_SEGMENT, show);
    if (!music) {
      int others = attractions.length - artists;
      bill(artists + dice.below(others, Trait.EVENT_OTHER_ATTRACTION, show));
      return;
    }
    int wanted = castWanted(show);
    if (wanted > 0) {
      bill(artist);
    }
    int from = castStart[show];
    int tries = 0;
    while (castSize - from < wanted && tries < 40) {
      int support = dice.below(artists, Trait.EVENT_CAST, show * 64L + tries++);
      if (!billed(from, support)) {
        bill(support);
      }
    }
  }

  private int castWanted(int show) {
    if (show == 7) {
      return 14;
    }
    int roll = dice.below(1000, Trait.EVENT_CAST_SIZE, show);
    if (roll < 15) {
      return 0;
    }
    if (roll < 565) {
      return 1;
    }
    if (roll < 800) {
      return 2;
    }
    if (roll < 940) {
      return 3;
    }
    return roll < 980 ? 4 + roll % 3 : 7 + roll % 8;
  }

  private boolean billed(int from, int attraction) {
    for (int i = from; i < castSize; i++) {
      if (cast[i] == attraction) {
        return true;
      }
    }
    return false;
  }

  private void bill(int attraction) {
    if (castSize == cast.length) {
      cast = Arrays.copyOf(cast, castSize * 2);
    }
    cast[castSize++] = attraction;
    castStart[size] = castSize;
  }
}
