package io.gatehouse.cli.keygen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gatehouse.cli.output.CannotDoException;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateFileTest {
  @TempDir private Path directory = Path.of("");

  /** A file system that knows no rights: that of a zip file. */
  private FileSystem withoutRights() throws IOException {
    return FileSystems.newFileSystem(directory.resolve("some.zip"), Map.of("create", "true"));
  }

  @Test
  void isNotWrittenWhereRightsCannotBeSet() throws IOException {
    try (var files = withoutRights()) {
      var path = files.getPath("/key.pem");

      assertThatExceptionOfType(CannotDoException.class)
          .isThrownBy(() -> new PrivateFile(path, false).create("secret"))
          .withMessageContaining("--unprotected");
      assertThatExceptionOfType(CannotDoException.class)
          .isThrownBy(() -> new PrivateFile(path, false).replace("secret"));
      assertThat(Files.exists(path)).isFalse();
    }
  }

  @Test
  void isWrittenThereWhereThatIsWanted() throws IOException {
    try (var files = withoutRights()) {
      var path = files.getPath("/key.pem");

      new PrivateFile(path, true).create("secret");

      assertThat(Files.readString(path)).isEqualTo("secret");
    }
  }
}
