package dev.backline.apply;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.thisptr.jackson.jq.BuiltinFunctionLoader;
import net.thisptr.jackson.jq.JsonQuery;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.Versions;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import net.thisptr.jackson.jq.module.loaders.BuiltinModuleLoader;
import net.thisptr.jackson.jq.module.loaders.ChainedModuleLoader;
import net.thisptr.jackson.jq.module.loaders.FileSystemModuleLoader;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What each field means, as tables of examples: a change (jq) to the sample of the kind, what is
 * looked at (jq) in the entity, and what is seen there.
 */
class TicketmasterRulesTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path SOURCES = Path.of("routes", "sources");
  private static final Scope SCOPE = scope();

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiterString = "=>",
      textBlock =
          """
          .name = "!!!"                                 => .name => "!!!"
          .name = "+/-"                                 => .name => "+/-"
          .name = "  東京事変\\u200f "                     => .name => "東京事変"
          .name = "\\u2060 \\u00a0"                       => .name => null
          .name = 112                                   => .name => null
          .name = "Salt &amp; Pepper&#39;s &lt;3"       => .name => "Salt & Pepper's <3"
          .name = "&nbsp;"                              => .name => null
          .name = "&amp;lt; AT&T; R&B"                  => .name => "&lt; AT&T; R&B"
          .test = "true"                                => .entity => "show"
          .test = true                                  => . => {"skip":"test-event"}
          ._embedded = "none"                           => [.venue, .artists] => [null,[]]
          ._embedded.attractions = [{"id":"B"},null,7,{"id":9},{"id":" "},{"id":"A"},{"id":"B"}] => .artists => ["B","A"]
          ._embedded.venues = [{"id":null},{"id":"V"}]  => .venue => "V"
          .dates.status.code = "onsale"                 => .status => "on_sale"
          .dates.status.code = "offsale"                => .status => "off_sale"
          .dates.status.code = "canceled"               => .status => "cancelled"
          .dates.status.code = "cancelled"              => .status => "cancelled"
          .dates.status.code = "postponed"              => .status => "postponed"
          .dates.status.code = "sold to the moon"       => .status => "scheduled"
          del(.dates.status)                            => .status => "scheduled"
          .dates.status = "onsale"                      => .status => "scheduled"
          del(.dates.timezone)                          => .timezone => "Europe/London"
          .dates.timezone = "Europe/Paris"              => .timezone => "Europe/Paris"
          .url = "javascript:alert(1)"                  => .url => null
          .url = "https://t.example/e?ApiKey=K"         => .url => "https://t.example/e"
          .url = "https://t.example/e?a=1&app_id=K&b=2#top" => .url => "https://t.example/e?a=1&b=2#top"
          .url = "https://t.example/go?to=https%3A%2F%2Fx%3Fapikey%3DK" => .url => null
          .url = "https://t.example/apikey-the-band"    => .url => "https://t.example/apikey-the-band"
          """)
  void event(String change, String look, String seen) throws IOException {
    assertSeen("event", change, look, seen);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiterString = "=>",
      textBlock =
          """
          .start.localDate = "2026-02-31"   => ["2026-02-31","19:30:00","2027-03-13T19:30:00Z"]
          .start.dateTBA = true             => [null,null,null]
          .start.dateTBD = true             => [null,null,null]
          .start.timeTBA = true             => ["2027-03-13",null,null]
          .start.noSpecificTime = true      => ["2027-03-13",null,null]
          del(.start.localDate)             => [null,null,"2027-03-13T19:30:00Z"]
          .start.localTime = "7:30 PM"      => ["2027-03-13",null,"2027-03-13T19:30:00Z"]
          .start.localTime = "24:00:00"     => ["2027-03-13",null,"2027-03-13T19:30:00Z"]
          .start.localTime = "19:60:00"     => ["2027-03-13",null,"2027-03-13T19:30:00Z"]
          .start.localTime = "1a:30:00"     => ["2027-03-13",null,"2027-03-13T19:30:00Z"]
          .start.dateTime = "2027-02-29T19:30:00Z"      => ["2027-03-13","19:30:00",null]
          .start.dateTime = "2028-02-29T19:30:00Z"      => ["2027-03-13","19:30:00","2028-02-29T19:30:00Z"]
          .start.dateTime = "2027-03-13T19:30:00+01:00" => ["2027-03-13","19:30:00",null]
          .start.dateTime = "2027-03-13"    => ["2027-03-13","19:30:00",null]
          .start = null                     => [null,null,null]
          . = null                          => [null,null,null]
          .start = {"dateTBA": true} | .status.code = "postponed" => [null,null,null]
          """)
  void dates(String change, String seen) throws IOException {
    assertSeen(
        "event", ".dates |= (" + change + ")", "[.local_date, .local_time, .starts_at]", seen);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiterString = "=>",
      textBlock =
          """
          [{"min":10,"max":20.5,"currency":"USD"}]          => [10,20.5,"USD"]
          [{"min":20,"max":10,"currency":"usd"}]            => [10,20,"USD"]
          [{"min":"10.50","max":"20","currency":"USD"}]     => [10.5,20,"USD"]
          [{"min":10,"currency":"USD"}]                     => [10,null,"USD"]
          [{"max":10,"currency":"USD"}]                     => [null,10,"USD"]
          [{"min":0,"max":0,"currency":"USD"}]              => [0,0,"USD"]
          [{"min":-1,"max":20,"currency":"USD"}]            => [null,20,"USD"]
          [{"min":1,"max":10000001,"currency":"USD"}]       => [1,null,"USD"]
          [{"min":"free","max":"NaN","currency":"USD"}]     => [null,null,null]
          [{"min":"1d","max":"0x1p3","currency":"USD"}]     => [null,null,null]
          [{"min":"1,5","max":"Infinity","currency":"USD"}] => [null,null,null]
          [{"min":10,"max":20,"currency":"dollars"}]        => [10,20,null]
          [{"min":10,"max":20,"currency":"U$D"}]            => [10,20,null]
          [{"currency":"EUR"},{"min":5,"max":6,"currency":"CZK"},{"min":1,"max":9,"currency":"EUR"}] => [5,6,"CZK"]
          [{"min":30,"max":20,"currency":"EUR"},{"min":5,"max":6,"currency":"EUR"}] => [5,30,"EUR"]
          [{"min":30,"currency":"EUR"},{"max":6,"currency":"EUR"}] => [6,30,"EUR"]
          [null, 7, "x", [], {}]                            => [null,null,null]
          {"min":10,"max":20,"currency":"USD"}              => [null,null,null]
          """)
  void prices(String ranges, String seen) throws IOException {
    assertSeen("event", ".priceRanges = " + ranges, "[.price_min, .price_max, .currency]", seen);
  }

  /** Classifications of the event and of its only attraction; null where it has none. */
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiterString = "=>",
      textBlock =
          """
          [{"segment":{"id":"KZFzniwnSyZfZ7v7nJ","name":"Hudba"}}]   => null => "show"
          [{"segment":{"id":"KZFzniwnSyZfZ7v7nE","name":"Music"}}]   => null => "not-music"
          [{"segment":{"name":"Music"}}]                             => null => "show"
          [{"segment":{"name":"Sports"}}]                            => null => "not-music"
          [{"primary":true,"segment":{"name":"Sports"}},{"segment":{"name":"Music"}}] => null => "not-music"
          [{"segment":{"name":"Sports"}},{"primary":true,"segment":{"name":"Music"}}] => null => "show"
          [{"primary":true,"segment":{"name":"Undefined"}},{"segment":{"name":"Film"}}] => null => "not-music"
          null => [{"segment":{"name":"Music"}}]                     => "show"
          null => [{"segment":{"name":"Miscellaneous"}}]             => "not-music"
          null => null                                               => "show"
          null => "none"                                             => "not-music"
          [{"segment":{"id":"KZFzniwnSyZfZ7v7nl"}}] => [{"segment":{"name":"Music"}}]  => "show"
          [{"segment":{"id":"KZFzniwnSyZfZ7v7nl"}}] => [{"segment":{"name":"Sports"}}] => "not-music"
          """)
  void music(String ofTheEvent, String ofItsAttraction, String seen) throws IOException {
    String attractions =
        ofItsAttraction.equals("\"none\"")
            ? "[]"
            : "[{\"id\":\"A\",\"classifications\":" + ofItsAttraction + "}]";
    assertSeen(
        "event",
        ".classifications = " + ofTheEvent + " | ._embedded.attractions = " + attractions,
        ".entity // .skip",
        seen);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiterString = "=>",
      textBlock =
          """
          .externalLinks = []                              => [.mbid, .spotify_id] => [null,null]
          .externalLinks.musicbrainz = [{"url":"https://musicbrainz.org/artist/AAAAAAAA-1111-2222-3333-BBBBBBBBBBBB?x"}] => .mbid => "aaaaaaaa-1111-2222-3333-bbbbbbbbbbbb"
          .externalLinks.musicbrainz = [{"id":"no"},{"id":"aaaaaaaa-1111-2222-3333-bbbbbbbbbbbb"}] => .mbid => "aaaaaaaa-1111-2222-3333-bbbbbbbbbbbb"
          .externalLinks.musicbrainz = [{"id":"aaaaaaaa-1111-2222-3333-bbbbbbbbbbbbcc"}] => .mbid => null
          .externalLinks.musicbrainz = [{"id":"00000000-0000-0000-0000-000000000000"}] => .mbid => null
          .externalLinks.musicbrainz = "aaaaaaaa-1111-2222-3333-bbbbbbbbbbbb" => .mbid => null
          .externalLinks.spotify = [{"url":"spotify:artist:0aBcDeFgHiJkLmNoPqRsTu"}] => .spotify_id => "0aBcDeFgHiJkLmNoPqRsTu"
          .externalLinks.spotify = [{"url":"https://open.spotify.com/intl-de/artist/0aBcDeFgHiJkLmNoPqRsTu"}] => .spotify_id => "0aBcDeFgHiJkLmNoPqRsTu"
          .externalLinks.spotify = [{"url":"https://open.spotify.com/artist/0aBcDeFgHiJkLmNoPqRsTuV"}] => .spotify_id => null
          .externalLinks.spotify = [{"url":"https://open.spotify.com/user/0aBcDeFgHiJkLmNoPqRsTu"}] => .spotify_id => null
          .images = []                                     => .image_url => null
          .images = [{"url":"https://i.example/a","ratio":"16_9","width":100},{"url":"https://i.example/b","ratio":"3_2","width":900}] => .image_url => "https://i.example/a"
          .images = [{"url":"https://i.example/a","ratio":"16_9","width":100,"fallback":true},{"url":"https://i.example/b","ratio":"3_2","width":900}] => .image_url => "https://i.example/b"
          .images = [{"url":"https://i.example/a"}]        => .image_url => "https://i.example/a"
          .classifications = null                          => [.genres, .music] => [[],null]
          .classifications = [{"segment":{"name":"Undefined"},"genre":{"name":"Other"},"subGenre":{"name":"Undefined"}}] => [.genres, .music] => [[],null]
          .classifications = [{"segment":{"name":"Sports"},"genre":{"name":"Golf"},"subGenre":{"name":"Golf"}}] => [.genres, .music] => [["Golf"],false]
          """)
  void attraction(String change, String look, String seen) throws IOException {
    assertSeen("attraction", change, look, seen);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiterString = "=>",
      textBlock =
          """
          del(.name)                                              => .name => "12 Quay Street"
          .name = " " | .address = {"line2": "Old Docks"}          => [.name, .address] => ["Venue in Saltmarsh",null]
          .name = null | del(.address) | .city = "Saltmarsh"       => [.name, .city] => [null,null]
          .country.countryCode = "GBR"                            => .country_code => null
          .country.countryCode = " us"                            => .country_code => "US"
          .location = {"latitude": 50.5, "longitude": "1e1"}       => [.latitude, .longitude] => [50.5,10]
          .location.latitude = "0" | .location.longitude = "0.000" => [.latitude, .longitude] => [null,null]
          .location.latitude = "0"                                => [.latitude, .longitude] => [0,-3.5312]
          .location.latitude = "151.2" | .location.longitude = "-33.8" => [.latitude, .longitude] => [null,null]
          .location.longitude = 180.01                            => [.latitude, .longitude] => [null,null]
          .location.longitude = 180                               => [.latitude, .longitude] => [50.7184,180]
          .location.latitude = "50.7184 N"                        => [.latitude, .longitude] => [null,null]
          del(.location.latitude)                                 => [.latitude, .longitude] => [null,null]
          .postalCode = 10001                                     => .postal_code => null
          .postalCode = ("1" * 41)                                => .postal_code => null
          """)
  void venue(String change, String look, String seen) throws IOException {
    assertSeen("venue", change, look, seen);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiterString = "=>",
      textBlock =
          """
          .dates = "2027-03-13"       => dates: expected an object, got a string
          .dates = []                 => dates: expected an object, got an array
          .dates.start = "2027-03-13" => dates.start: expected an object, got a string
          """)
  void datesThatCannotBeRead_failWithTheirName(String change, String message) throws IOException {
    JsonNode event = apply(change, sample("event"));
    String reason = null;
    try {
      map("event", event);
    } catch (JsonQueryException e) {
      reason = e.getMessage();
    }
    assertThat(reason).isEqualTo(message);
  }

  private static void assertSeen(String kind, String change, String look, String seen)
      throws IOException {
    JsonNode entity = map(kind, apply(change, sample(kind)));

    assertThat(apply(look, entity)).isEqualTo(JSON.readTree(seen));
  }

  private static JsonNode sample(String kind) throws IOException {
    return JSON.readTree(SOURCES.resolve("ticketmaster").resolve(kind + ".sample.json").toFile());
  }

  private static JsonNode map(String kind, JsonNode record) throws IOException {
    return apply(Files.readString(SOURCES.resolve("ticketmaster").resolve(kind + ".jq")), record);
  }

  private static JsonNode apply(String jq, JsonNode in) throws IOException {
    List<JsonNode> out = new ArrayList<>();
    JsonQuery.compile(jq, Versions.JQ_1_7).apply(Scope.newChildScope(SCOPE), in, out::add);
    assertThat(out).hasSize(1);
    return JSON.readTree(out.get(0).toString());
  }

  private static Scope scope() {
    Scope scope = Scope.newEmptyScope();
    BuiltinFunctionLoader.getInstance().loadFunctions(Versions.JQ_1_7, scope);
    scope.setModuleLoader(
        new ChainedModuleLoader(
            BuiltinModuleLoader.getInstance(),
            new FileSystemModuleLoader(scope, Versions.JQ_1_7, SOURCES.toAbsolutePath())));
    return scope;
  }
}
