package io.gatehouse.build;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The bill of materials that is built with the jar. */
class SbomIT {
  private static JsonObject sbom() throws Exception {
    try (var reader =
        Json.createReader(Files.newBufferedReader(Path.of(System.getProperty("sbom"))))) {
      return reader.readObject();
    }
  }

  @Test
  void namesJose4jAndSlf4jApiAndNothingElse() throws Exception {
    assertThat(sbom().getJsonArray("components").getValuesAs(JsonObject.class))
        .extracting(it -> it.getString("group") + ":" + it.getString("name"))
        .containsExactlyInAnyOrder("org.bitbucket.b_c:jose4j", "org.slf4j:slf4j-api");
  }

  @Test
  void isOfThisJarAndOfNoMoment() throws Exception {
    var metadata = sbom().getJsonObject("metadata");
    assertThat(metadata.getJsonObject("component").getString("name")).isEqualTo("gatehouse-filter");
    assertThat(sbom()).doesNotContainKey("serialNumber");
    assertThat(metadata).doesNotContainKey("timestamp");
  }
}
