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
   * @throws UnreadablePage when the bytes are not JSON or the records are not an array
   */
  public static Page split(String source, Layout layout, byte[] bytes) throws UnreadablePage {
    PageSplitter splitter = new PageSplitter(source, layout, bytes);
    try {
      return splitter.split();
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
    byte[] array = new byte[bytes.length + 2];
    array[0] = '[';
    System.arraycopy(bytes, 0, array, 1, bytes.length);
    array[array.length - 1] = ']';
    Layout bare = new Layout(layout.kind(), List.of(), layout.embedded(), layout.volatileFields());
    return split(source, bare, array).records();
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
      if (layout.records().isEmpty()) {
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
      readRecord(parser, layout.kind(), layout.embedded(), records);
    }
    arrayEnd = (int) parser.currentTokenLocation().getByteOffset();
  }

  private void readRecord(
      JsonParser parser, String kind, List<Layout.Embedded> inner, Map<String, SourceRecord> target)
      throws IOException {
    int start = (int) parser.currentTokenLocation().getByteOffset();
    int firstRange = volatileRanges.size();
    String id = null;
    if (parser.currentToken() == JsonToken.START_OBJECT) {
      int depth = path.size();
      id = readObject(parser, depth, inner);
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

  /** Reads to the end of an object; answers the value of its own {@code id} field, if any. */
  private String readObject(JsonParser parser, int recordDepth, List<Layout.Embedded> inner)
      throws IOException {
    String id = null;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      int nameStart = (int) parser.currentTokenLocation().getByteOffset();
      JsonToken value = parser.nextToken();
      if (layout.volatileFields().contains(name)) {
        parser.skipChildren();
        parser.finishToken();
        volatileRanges.add(new int[] {nameStart, (int) parser.currentLocation().getByteOffset()});
        continue;
      }
      if (path.size() == recordDepth
          && name.equals("id")
          && (value == JsonToken.VALUE_STRING || value == JsonToken.VALUE_NUMBER_INT)) {
        id = parser.getText();
      } else if (value == JsonToken.START_OBJECT && leadsDown(name, recordDepth, inner)) {
        path.addLast(name);
        readObject(parser, recordDepth, inner);
        path.removeLast();
      } else if (value == JsonToken.START_ARRAY) {
        Layout.Embedded records = embeddedAt(name, recordDepth, inner);
        if (records == null) {
          skipNoting(parser);
        } else {
          while (parser.nextToken() != JsonToken.END_ARRAY) {
            readRecord(parser, records.kind(), List.of(), embedded);
          }
        }
      } else {
        skipNoting(parser);
      }
    }
    return id;
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
        parser.finishToken();
        volatileRanges.add(new int[] {nameStart, (int) parser.currentLocation().getByteOffset()});
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
        && id.chars().noneMatch(c -> c < ' ' || Character.isSurrogate((char) c));
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
