package io.gatehouse.standin.control;

import io.gatehouse.standin.state.Application;
import io.gatehouse.standin.state.Calls;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Control API for gatehouse-junit, which has no JSON parser: it exchanges lines of text. */
@RestController
@RequestMapping(path = "/standin", produces = MediaType.TEXT_PLAIN_VALUE)
final class ApplicationControl {

  private final Application application;
  private final Calls calls;

  ApplicationControl(Application application, Calls calls) {
    this.application = application;
    this.calls = calls;
  }

  @PostMapping("/applications")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void register(
      @RequestParam("url") String url,
      @RequestParam(name = "path", defaultValue = Application.DEFAULT_PATH) String path) {
    application.register(url, path);
  }

  @GetMapping("/properties")
  String properties() {
    return lines(application.properties());
  }

  @GetMapping("/counts")
  String counts() {
    return lines(calls.counts());
  }

  @GetMapping("/refusals")
  String refusals() {
    return calls.refusals().stream()
        .map(it -> it.replaceAll("\\R", " ") + "\n")
        .collect(Collectors.joining());
  }

  private static String lines(Map<String, ?> values) {
    return values.entrySet().stream()
        .map(it -> it.getKey() + "=" + it.getValue() + "\n")
        .collect(Collectors.joining());
  }
}
