package io.gatehouse.it.servers;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Log files, and the texts written to them since a point in time. */
public final class LogFiles {
  private final Supplier<List<Path>> files;

  public LogFiles(Supplier<List<Path>> files) {
    this.files = files;
  }

  /** Records the current point in time. */
  public Since now() {
    var lengths = new HashMap<Path, Long>();
    try {
      for (var file : files.get()) {
        lengths.put(file, Files.size(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Since(files, lengths);
  }

  /** A point in time, recorded as the length of each file. */
  public record Since(Supplier<List<Path>> files, Map<Path, Long> lengths) {
    /** Returns the texts written since then, one for each file. */
    public List<String> texts() {
      var texts = new ArrayList<String>();
      for (var file : files.get()) {
        texts.add(after(file, lengths.getOrDefault(file, 0L)));
      }
      return texts;
    }

    private static String after(Path file, long length) {
      try (var open = new RandomAccessFile(file.toFile(), "r")) {
        // A file that has become shorter was started again from its beginning.
        var from = open.length() < length ? 0 : length;
        var bytes = new byte[(int) (open.length() - from)];
        open.seek(from);
        open.readFully(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
