package dev.backline.land;

import com.dynatrace.hash4j.hashing.HashStream128;
import com.dynatrace.hash4j.hashing.Hashing;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/**
 * Splits an answer into records in one scan over its tokens, without building a tree: bounds, id
 * and fingerprint of each record and of the records embedded in it.
 */
public final class PageSplitter {
  private static final int LONGEST_ID = 200;
  private static final String NO_ID = "?";
  // The depth of a record is limited where it is mapped, so that a deep one costs itself, not its
  // page.
  private static final ObjectMapper JSON =
      new ObjectMapper(
          JsonFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder()
                      .maxNestingDepth(1_000_000)
                      .maxStringLength(Integer.MAX_VALUE)
                      .maxNumberLength(Integer.MAX_VALUE)
                      .maxNameLength(Integer.MAX_VALUE)
                      .build())
              .build());

  private final String source;
  private final Layout layout;
  private final byte[] bytes;
  private final Deque<String> path = new ArrayDeque<>();
  private final Map<String, SourceRecord> embedded = new LinkedHashMap<>();
  private final Map<String, SourceRecord> records = new LinkedHashMap<>();
  private final List<int[]> volatileRanges = new ArrayList<>();
  private int arrayStart = -1;
  private int arrayEnd = -1;

  private PageSplitter(String source, Layout layout, byte[] bytes) {
    this.source = source;
    this.layout = layout;
    this.bytes = bytes;
  }

  /**
   * Splits by the first layout whose records are in the answer; an answer that has none of them is
   * an empty page.
   *
   * @throws UnreadablePage when the answer fits none of them
   */
  public static Page split(String source, List<Layout> layouts, byte[] bytes)
      throws UnreadablePage {
    Page empty = null;
    UnreadablePage failure = null;
    for (Layout layout : layouts) {
      try {
        PageSplitter splitter = new PageSplitter(source, layout, bytes);
        Page page = splitter.read();
        if (splitter.arrayStart >= 0 || layout.whole()) {
          return page;
        }
        empty = page;
      } catch (UnreadablePage e) {
        failure = failure == null ? e : failure;
      }
    }
    if (empty == null) {
      throw failure;
    }
    return empty;
  }

  /**
   * @throws UnreadablePage when the bytes are not JSON or the records are not an array
   */
  public static Page split(String source, Layout layout, byte[] bytes) throws UnreadablePage {
    return new PageSplitter(source, layout, bytes).read();
  }

  private Page read() throws UnreadablePage {
    try {
      return split();
    } catch (JsonProcessingException e) {
      long at = e.getLocation() == null ? 0 : e.getLocation().getByteOffset();
      throw new UnreadablePage(
          "the answer is not JSON at byte "
              + at
              + " of "
              + bytes.length
              + ": "
              + e.getOriginalMessage());
    } catch (IOException e) {
      throw new UnreadablePage("the answer cannot be read: " + e.getMessage());
    }
  }

  /** One record that stands alone: the bytes are the record. */
  public static List<SourceRecord> single(String source, Layout layout, byte[] bytes)
      throws UnreadablePage {
    return split(source, layout.ofOne(), bytes).records();
  }

  private Page split() throws IOException, UnreadablePage {
    try (JsonParser parser = JSON.getFactory().createParser(bytes)) {
      JsonToken first = parser.nextToken();
      if (first == null) {
        throw new UnreadablePage("the answer is empty");
      }
      if (parser.currentLocation().getByteOffset() < 0) {
        throw new UnreadablePage("the answer is not UTF-8");
      }
      if (layout.whole()) {
        readRecord(parser, layout.kind(), layout.id(), layout.embedded(), records);
      } else if (layout.records().isEmpty()) {
        if (first != JsonToken.START_ARRAY) {
          throw new UnreadablePage("the answer is not an array but starts with " + first);
        }
        readRecords(parser);
      } else {
        findRecords(parser, 0);
      }
      if (parser.nextToken() != null) {
        throw new UnreadablePage("the answer goes on after its end");
      }
    }
    List<SourceRecord> all = new ArrayList<>(embedded.values());
    all.addAll(records.values());
    return new Page(all, envelope());
  }

  /** Walks down to the array of records; all else is the envelope. */
  private void findRecords(JsonParser parser, int depth) throws IOException, UnreadablePage {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.VALUE_NULL && depth > 0) {
      return;
    }
    if (token != JsonToken.START_OBJECT) {
      String where = String.join(".", layout.records().subList(0, depth));
      throw new UnreadablePage(
          (depth == 0 ? "the answer" : where) + " is not an object but " + token);
    }
    String wanted = layout.records().get(depth);
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      boolean here = parser.currentName().equals(wanted);
      JsonToken value = parser.nextToken();
      if (!here) {
        parser.skipChildren();
      } else if (depth + 1 < layout.records().size()) {
        findRecords(parser, depth + 1);
      } else if (value == JsonToken.START_ARRAY) {
        readRecords(parser);
      } else if (value != JsonToken.VALUE_NULL) {
        throw new UnreadablePage(
            String.join(".", layout.records()) + " is not an array but " + value);
      }
    }
  }

  private void readRecords(JsonParser parser) throws IOException {
    arrayStart = (int) parser.currentLocation().getByteOffset();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      readRecord(parser, layout.kind(), layout.id(), layout.embedded(), records);
    }
    arrayEnd = (int) parser.currentTokenLocation().getByteOffset();
  }

  private void readRecord(
      JsonParser parser,
      String kind,
      List<String> idFields,
      List<Layout.Embedded> inner,
      Map<String, SourceRecord> target)
      throws IOException {
    int start = (int) parser.currentTokenLocation().getByteOffset();
    int firstRange = volatileRanges.size();
    String id = null;
    if (parser.currentToken() == JsonToken.START_OBJECT) {
      String[] values = new String[idFields.size()];
      readObject(parser, path.size(), inner, idFields, values);
      id = id(values);
    } else {
      parser.skipChildren();
      parser.finishToken();
    }
    int end = (int) parser.currentLocation().getByteOffset();
    byte[] fingerprint = fingerprint(start, end, firstRange);
    boolean valid = valid(id);
    if (!valid && target == embedded) {
      return; // Part of its parent, which keeps it; without an id it is no record of its own.
    }
    String key = valid ? id : NO_ID + HexFormat.of().formatHex(fingerprint);
    target.remove(kind + ' ' + key);
    target.put(
        kind + ' ' + key,
        new SourceRecord(source, kind, key, fingerprint, Arrays.copyOfRange(bytes, start, end)));
  }

  /** The values of several fields stand side by side, also where some are missing. */
  private static String id(String[] values) {
    if (values.length == 1) {
      return values[0];
    }
    StringJoiner id = new StringJoiner("|");
    boolean any = false;
    for (String value : values) {
      id.add(value == null ? "" : value);
      any |= value != null && !value.isEmpty();
    }
    return any ? id.toString() : null;
  }

  /** Reads to the end of an object; notes the values of the fields that make its id. */
  private void readObject(
      JsonParser parser,
      int recordDepth,
      List<Layout.Embedded> inner,
      List<String> idFields,
      String[] values)
      throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      int nameStart = (int) parser.currentTokenLocation().getByteOffset();
      JsonToken value = parser.nextToken();
      Layout.Embedded within = value.isStructStart() ? embeddedAt(name, recordDepth, inner) : null;
      boolean counts = !layout.volatileFields().contains(name);
      if (!counts && within == null) {
        parser.skipChildren();
        leaveOut(nameStart, parser);
        continue;
      }
      int field = path.size() == recordDepth ? idFields.indexOf(name) : -1;
      if (field >= 0 && (value == JsonToken.VALUE_STRING || value == JsonToken.VALUE_NUMBER_INT)) {
        values[field] = parser.getText();
      } else if (within != null) {
        int ranges = volatileRanges.size();
        readEmbedded(parser, within);
        if (!counts) {
          volatileRanges.subList(ranges, volatileRanges.size()).clear();
          leaveOut(nameStart, parser);
        }
      } else if (value == JsonToken.START_OBJECT && leadsDown(name, recordDepth, inner)) {
        path.addLast(name);
        readObject(parser, recordDepth, inner, idFields, values);
        path.removeLast();
      } else if (value == JsonToken.START_ARRAY && leadsDown(name, recordDepth, inner)) {
        path.addLast(name);
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          if (parser.currentToken() == JsonToken.START_OBJECT) {
            readObject(parser, recordDepth, inner, idFields, values);
          } else {
            skipNoting(parser);
          }
        }
        path.removeLast();
      } else {
        skipNoting(parser);
      }
    }
  }

  /** A record inside a record, or an array of them. */
  private void readEmbedded(JsonParser parser, Layout.Embedded within) throws IOException {
    if (parser.currentToken() == JsonToken.START_OBJECT) {
      readRecord(parser, within.kind(), within.id(), List.of(), embedded);
      return;
    }
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      readRecord(parser, within.kind(), within.id(), List.of(), embedded);
    }
  }

  /**
   * A field that does not make a record new is left out with the comma that parts it from the next
   * one, or from the one before: its coming and going changes nothing either.
   */
  private void leaveOut(int nameStart, JsonParser parser) throws IOException {
    parser.finishToken();
    int start = nameStart;
    int end = blanks((int) parser.currentLocation().getByteOffset());
    if (bytes[end] == ',') {
      end = blanks(end + 1);
    } else {
      int before = start - 1;
      while (blank(bytes[before])) {
        before--;
      }
      start = bytes[before] == ',' && !leftOut(before) ? before : start;
    }
    volatileRanges.add(new int[] {start, end});
  }

  private int blanks(int from) {
    int at = from;
    while (blank(bytes[at])) {
      at++;
    }
    return at;
  }

  private static boolean blank(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }

  private boolean leftOut(int at) {
    return !volatileRanges.isEmpty() && volatileRanges.get(volatileRanges.size() - 1)[1] > at;
  }

  /** Skips a value, noting the volatile fields inside it. */
  private void skipNoting(JsonParser parser) throws IOException {
    if (!parser.currentToken().isStructStart()) {
      return;
    }
    int open = 1;
    while (open > 0) {
      JsonToken token = parser.nextToken();
      if (token.isStructStart()) {
        open++;
      } else if (token.isStructEnd()) {
        open--;
      } else if (token == JsonToken.FIELD_NAME
          && layout.volatileFields().contains(parser.currentName())) {
        int nameStart = (int) parser.currentTokenLocation().getByteOffset();
        parser.nextToken();
        parser.skipChildren();
        leaveOut(nameStart, parser);
      }
    }
  }

  private boolean leadsDown(String name, int recordDepth, Collection<Layout.Embedded> inner) {
    for (Layout.Embedded e : inner) {
      if (at(name, recordDepth, e.path()) && path.size() - recordDepth + 1 < e.path().size()) {
        return true;
      }
    }
    return false;
  }

  private Layout.Embedded embeddedAt(
      String name, int recordDepth, Collection<Layout.Embedded> inner) {
    for (Layout.Embedded e : inner) {
      if (at(name, recordDepth, e.path()) && path.size() - recordDepth + 1 == e.path().size()) {
        return e;
      }
    }
    return null;
  }

  /** Whether the way from the record to {@code name} is the beginning of {@code wanted}. */
  private boolean at(String name, int recordDepth, List<String> wanted) {
    int depth = path.size() - recordDepth;
    if (depth >= wanted.size() || !wanted.get(depth).equals(name)) {
      return false;
    }
    int i = -recordDepth;
    for (String step : path) {
      if (i >= 0 && !wanted.get(i).equals(step)) {
        return false;
      }
      i++;
    }
    return true;
  }

  private byte[] fingerprint(int start, int end, int firstRange) {
    HashStream128 hash = Hashing.xxh3_128().hashStream();
    int from = start;
    for (int i = firstRange; i < volatileRanges.size(); i++) {
      int[] range = volatileRanges.get(i);
      hash.putBytes(bytes, from, range[0] - from);
      from = range[1];
    }
    hash.putBytes(bytes, from, end - from);
    return hash.get().toByteArray();
  }

  private static boolean valid(String id) {
    return id != null
        && !id.isEmpty()
        && id.length() <= LONGEST_ID
        && !id.startsWith(NO_ID)
        && id.codePoints()
            .noneMatch(
                c -> c < ' ' || c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
  }

  private JsonNode envelope() throws IOException {
    if (arrayStart < 0) {
      return JSON.readTree(bytes);
    }
    ByteArrayOutputStream rest = new ByteArrayOutputStream(1024);
    rest.write(bytes, 0, arrayStart);
    rest.write(bytes, arrayEnd, bytes.length - arrayEnd);
    return JSON.readTree(rest.toByteArray());
  }
}
