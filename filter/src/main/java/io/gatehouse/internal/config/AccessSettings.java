package io.gatehouse.internal.config;

import io.gatehouse.internal.access.ClaimPath;
import io.gatehouse.internal.access.LoginPolicy;
import io.gatehouse.internal.access.PathPattern;
import io.gatehouse.internal.access.RoleClaims;
import io.gatehouse.internal.message.ConfigurationFaults;
import io.gatehouse.internal.server.SecureUri;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the locations of roles and the parameters of logins. */
final class AccessSettings {
  private static final Pattern PARAMETER_TEXT = Pattern.compile("[\\x21-\\x7E]+( [\\x21-\\x7E]+)*");
  private static final Pattern PARAMETER_NAME = Pattern.compile("[A-Za-z0-9._~-]{1,64}");
  private static final Set<String> PROMPTS = Set.of("login", "consent", "select_account");

  /** The most characters of all acr values of a login: request_uri and login cookie repeat them. */
  static final int MAX_ACR_CHARACTERS = 250;

  private static final Duration LEAST_AGE = Duration.ofSeconds(10);
  private static final Duration MAX_AGE = Duration.ofDays(30);

  private final Settings settings;

  AccessSettings(Settings settings) {
    this.settings = settings;
  }

  /**
   * Returns all access settings.
   *
   * @param rolesByDefault the location of roles if none is configured; may be empty
   */
  Configuration.Access access(String rolesByDefault) {
    return new Configuration.Access(
        roleClaims(rolesByDefault),
        new PathSettings(settings).rules(),
        forAllLogins(),
        origins(Property.API_ORIGINS),
        origins(Property.WEBSOCKET_ORIGINS),
        privateCachePaths());
  }

  private List<PathPattern> privateCachePaths() {
    var patterns = settings.list(Property.PRIVATE_CACHE_PATHS);
    if (!patterns.stream().allMatch(PathPattern::isUsable)) {
      settings.fault(Property.PRIVATE_CACHE_PATHS, ConfigurationFaults.INVALID_PRIVATE_CACHE_PATHS);
      return List.of();
    }
    return patterns.stream().map(PathPattern::new).toList();
  }

  private RoleClaims roleClaims(String byDefault) {
    var configured = settings.list(Property.ROLES);
    var paths = configured.isEmpty() && !byDefault.isEmpty() ? List.of(byDefault) : configured;
    if (!paths.stream().allMatch(ClaimPath::isUsable)) {
      settings.fault(Property.ROLES, ConfigurationFaults.INVALID_ROLES);
      return new RoleClaims(List.of(), Map.of());
    }
    return new RoleClaims(paths.stream().map(ClaimPath::new).toList(), links());
  }

  private Map<String, Set<String>> links() {
    var links = new HashMap<String, Set<String>>();
    for (var entry : settings.list(Property.ROLE_LINKS)) {
      var equals = entry.indexOf('=');
      var roles = equals < 0 ? Set.<String>of() : alternatives(entry.substring(equals + 1));
      if (equals < 1
          || roles.isEmpty()
          || links.put(entry.substring(0, equals).strip(), roles) != null) {
        settings.fault(Property.ROLE_LINKS, ConfigurationFaults.INVALID_ROLE_LINKS);
      }
    }
    return links;
  }

  static Set<String> alternatives(String text) {
    var all = new LinkedHashSet<String>();
    for (var one : text.split("\\|", -1)) {
      if (!one.isBlank()) {
        all.add(one.strip());
      }
    }
    return all;
  }

  private LoginPolicy.ForAll forAllLogins() {
    return new LoginPolicy.ForAll(
        acrValues(),
        settings.optionalDuration(Property.MAX_AGE, LEAST_AGE, MAX_AGE),
        prompt(),
        parameter(Property.UI_LOCALES, ConfigurationFaults.INVALID_UI_LOCALES),
        loginHintParameter());
  }

  private String acrValues() {
    var values = parameter(Property.ACR_VALUES, ConfigurationFaults.INVALID_ACR_VALUES);
    if (values.length() > MAX_ACR_CHARACTERS) {
      settings.fault(Property.ACR_VALUES, ConfigurationFaults.INVALID_ACR_VALUES);
      return "";
    }
    return values;
  }

  private String parameter(Property property, String fault) {
    var text = settings.text(property).orElse("");
    if (!text.isEmpty() && !PARAMETER_TEXT.matcher(text).matches()) {
      settings.fault(property, fault);
      return "";
    }
    return text;
  }

  // Excludes none: that value is for background frames, and never shows a login page.
  private String prompt() {
    var prompt = settings.text(Property.PROMPT).orElse("");
    if (!prompt.isEmpty() && !PROMPTS.containsAll(List.of(prompt.split(" ", -1)))) {
      settings.fault(Property.PROMPT, ConfigurationFaults.INVALID_PROMPT);
      return "";
    }
    return prompt;
  }

  private Optional<String> loginHintParameter() {
    var name = settings.text(Property.LOGIN_HINT_PARAMETER);
    if (name.isPresent() && !PARAMETER_NAME.matcher(name.get()).matches()) {
      settings.fault(Property.LOGIN_HINT_PARAMETER, ConfigurationFaults.INVALID_PARAMETER_NAME);
      return Optional.empty();
    }
    return name;
  }

  private List<URI> origins(Property property) {
    var addresses = settings.list(property);
    var usable =
        addresses.stream()
            .flatMap(it -> SecureUri.parse(it).stream())
            .filter(it -> it.getRawQuery() == null && Set.of("", "/").contains(it.getRawPath()))
            .toList();
    if (usable.size() < addresses.size()) {
      settings.fault(property, ConfigurationFaults.INVALID_ORIGINS);
    }
    return usable;
  }
}
