package io.gatehouse.mvc;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** A page that a rule restricts, and one that is public. */
@RestController
public class MvcPages {
  /** Constructor for Spring. */
  public MvcPages() {}

  /** Returns the restricted page. */
  @GetMapping("/offerings/new")
  public String restricted() {
    return "SECRET mvc";
  }

  /** Returns the public page. */
  @GetMapping("/counts")
  public String counts() {
    return "COUNTS";
  }
}
