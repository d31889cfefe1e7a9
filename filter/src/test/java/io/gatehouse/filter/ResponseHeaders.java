package io.gatehouse.filter;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The headers of a {@link FakeResponse}. The charset is kept apart from the type, as containers do,
 * so that it outlives a change of the type.
 */
final class ResponseHeaders {
  private static final String TYPE = "Content-Type";
  private static final String LENGTH = "Content-Length";
  private static final Pattern CHARSET = Pattern.compile("(?i);\\s*charset=\"?([^\";]+)\"?");

  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT);

  private final Map<String, List<String>> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private @Nullable String type;
  private @Nullable String charset;
  private boolean charsetIsFixed;

  Map<String, List<String>> all() {
    var all = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
    all.putAll(new LinkedHashMap<>(values));
    if (type != null) {
      all.put(TYPE, List.of(type + (charset == null ? "" : ";charset=" + charset)));
    }
    return all;
  }

  List<String> values(String name) {
    return List.copyOf(all().getOrDefault(name, List.of()));
  }

  void set(String name, @Nullable String value) {
    if (Objects.requireNonNull(name).equalsIgnoreCase(TYPE)) {
      setContentType(value);
    } else if (value == null) {
      values.remove(name);
    } else {
      values.put(name, new ArrayList<>(List.of(clean(value))));
    }
  }

  void add(String name, @Nullable String value) {
    if (Objects.requireNonNull(name).equalsIgnoreCase(TYPE)) {
      setContentType(value);
    } else if (value != null) {
      values.computeIfAbsent(name, it -> new ArrayList<>()).add(clean(value));
    }
  }

  void setDate(String name, long millis) {
    set(name, httpDate(millis));
  }

  void addDate(String name, long millis) {
    add(name, httpDate(millis));
  }

  private static String httpDate(long millis) {
    return HTTP_DATE.format(Instant.ofEpochMilli(millis).atOffset(ZoneOffset.UTC));
  }

  void setContentType(@Nullable String newType) {
    if (newType == null) {
      type = null;
      return;
    }
    var named = CHARSET.matcher(clean(newType));
    if (named.find()) {
      setCharset(named.group(1));
      type = named.replaceAll("");
    } else {
      type = newType;
    }
  }

  void setCharset(@Nullable String newCharset) {
    if (!charsetIsFixed) {
      charset = newCharset == null ? null : clean(newCharset);
    }
  }

  String charset() {
    return Objects.requireNonNullElse(charset, StandardCharsets.ISO_8859_1.name());
  }

  /** Fixes the charset for the writer, and says it to the client. */
  Charset fixCharset() {
    charset = charset();
    charsetIsFixed = true;
    return Charset.forName(charset);
  }

  void freeCharset() {
    charsetIsFixed = false;
  }

  Optional<Integer> contentLength() {
    return values(LENGTH).stream().findFirst().map(Integer::valueOf);
  }

  void clear() {
    values.clear();
    type = null;
    charset = null;
    charsetIsFixed = false;
  }

  private static String clean(String value) {
    return Optional.of(value)
        .filter(it -> it.chars().allMatch(c -> c >= 0x20 && c < 0x7F))
        .orElseThrow(() -> new AssertionError("a header with characters that no header has"));
  }
}
