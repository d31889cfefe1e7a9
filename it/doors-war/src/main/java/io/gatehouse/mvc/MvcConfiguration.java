package io.gatehouse.mvc;

import org.springframework.context.annotation.Configuration;
import org.springframework.util.AntPathMatcher;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;
import org.springframework.web.servlet.config.annotation.PathMatchConfigurer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** The most lenient matching of paths: a slash at the end, any case, trimmed segments. */
@Configuration
@EnableWebMvc
public class MvcConfiguration implements WebMvcConfigurer {
  /** Constructor for Spring. */
  public MvcConfiguration() {}

  @Override
  @SuppressWarnings({"deprecation", "removal"}) // applications that have migrated still use it
  public void configurePathMatch(PathMatchConfigurer paths) {
    var matcher = new AntPathMatcher();
    matcher.setTrimTokens(true);
    paths.setPathMatcher(matcher).setUseTrailingSlashMatch(true);
  }
}
