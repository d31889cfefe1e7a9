package io.gatehouse.filter;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.UnsupportedEncodingException;
import java.net.URLDecoder;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The body of a {@link FakeRequest}, which is read once: as bytes, as text or as parameters. */
final class RequestBody {
  private final byte @Nullable [] bytes;
  private int readBytes;
  private @Nullable Stream stream;
  private @Nullable BufferedReader reader;
  private @Nullable Map<String, String[]> parameters;
  private Optional<String> charset = Optional.empty();

  RequestBody(byte @Nullable [] bytes) {
    this.bytes = bytes;
  }

  RequestBody unread() {
    return new RequestBody(bytes);
  }

  int readBytes() {
    return readBytes;
  }

  ServletInputStream stream() {
    if (reader != null) {
      throw new IllegalStateException("getReader() was called");
    }
    if (stream == null) {
      stream = new Stream(required());
    }
    return stream;
  }

  private byte[] required() {
    if (bytes == null) {
      throw new AssertionError("nothing to read");
    }
    return bytes;
  }

  BufferedReader reader(@Nullable String named) throws UnsupportedEncodingException {
    if (stream != null) {
      throw new IllegalStateException("getInputStream() was called");
    }
    if (reader == null) {
      var as = known(named == null ? StandardCharsets.ISO_8859_1.name() : named);
      reader = new BufferedReader(new InputStreamReader(new Stream(required()), as));
    }
    return reader;
  }

  private static Charset known(String name) throws UnsupportedEncodingException {
    try {
      return Charset.forName(name);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
      throw new UnsupportedEncodingException(name);
    }
  }

  Optional<String> charset() {
    return charset;
  }

  void setCharset(String name) throws UnsupportedEncodingException {
    var known = known(name);
    if (reader == null && parameters == null) {
      charset = Optional.of(known.name());
    }
  }

  /** Returns the parameters of the query, then those of the body unless that was read. */
  Map<String, String[]> parameters(String query) {
    if (parameters == null) {
      var lists = new LinkedHashMap<String, List<String>>();
      add(lists, query);
      if (stream == null && reader == null && bytes != null) {
        add(lists, new String(bytes, StandardCharsets.UTF_8));
        readBytes = bytes.length;
      }
      var arrays = new LinkedHashMap<String, String[]>();
      lists.forEach((name, values) -> arrays.put(name, values.toArray(new String[0])));
      parameters = Collections.unmodifiableMap(arrays);
    }
    return parameters;
  }

  private static void add(Map<String, List<String>> lists, String encoded) {
    for (var pair : encoded.isEmpty() ? new String[0] : encoded.split("&", -1)) {
      var parts = pair.split("=", 2);
      lists
          .computeIfAbsent(decoded(parts[0]), it -> new ArrayList<>())
          .add(parts.length == 1 ? "" : decoded(parts[1]));
    }
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private final class Stream extends ServletInputStream {
    private final byte[] content;

    Stream(byte[] content) {
      this.content = content;
    }

    @Override
    public int read() {
      return isFinished() ? -1 : content[readBytes++] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      if (isFinished()) {
        return length == 0 ? 0 : -1;
      }
      var count = Math.min(length, content.length - readBytes);
      System.arraycopy(content, readBytes, target, offset, count);
      readBytes += count;
      return count;
    }

    @Override
    public boolean isFinished() {
      return readBytes >= content.length;
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setReadListener(ReadListener listener) {
      throw new IllegalStateException("the request is not asynchronous");
    }
  }
}
