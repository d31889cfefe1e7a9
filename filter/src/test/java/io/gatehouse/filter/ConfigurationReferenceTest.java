package io.gatehouse.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** docs/configuration.md is complete. */
class ConfigurationReferenceTest {
  @ParameterizedTest
  @EnumSource
  void namesEveryPropertyAndItsDefault(Property property) throws IOException {
    var lines = Files.readAllLines(Path.of("..", "docs", "configuration.md"));
    var about = lines.stream().filter(it -> it.contains("`" + property.fullName() + "`")).toList();
    assertThat(about).isNotEmpty();
    property
        .fixedDefault()
        .ifPresent(it -> assertThat(about).anyMatch(line -> line.contains("`" + it + "`"), it));
  }
}
