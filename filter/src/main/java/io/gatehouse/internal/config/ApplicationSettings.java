package io.gatehouse.internal.config;

import io.gatehouse.internal.message.ConfigurationFaults;
import io.gatehouse.internal.server.SecureUri;
import io.gatehouse.internal.web.PublicUrl;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the application's addresses and public paths. */
final class ApplicationSettings {
  private static final Pattern OWN_PATH = Pattern.compile("(/[A-Za-z0-9._~-]+)+");
  private static final int MAX_ADDRESS_CHARACTERS = 180;

  private final Settings settings;

  ApplicationSettings(Settings settings) {
    this.settings = settings;
  }

  Configuration.Application application(String issuer) {
    requireShort(Property.PUBLIC_URL);
    requireShort(Property.BACKEND_URL);
    requireShort(Property.PATH);
    return new Configuration.Application(
        Optional.of(settings.name()).filter(FilterName::isOneOfSeveral).map(FilterName::text),
        publicUrl(issuer),
        settings.address(Property.BACKEND_URL),
        ownPath(),
        landingPage(),
        acceptedRisks());
  }

  private Set<Risk> acceptedRisks() {
    var risks = EnumSet.noneOf(Risk.class);
    for (var name : settings.list(Property.ACCEPTED_RISKS)) {
      Risk.named(name)
          .ifPresentOrElse(
              risks::add,
              () ->
                  settings.fault(
                      Property.ACCEPTED_RISKS, ConfigurationFaults.NOT_A_LIST_OF, Risk.names()));
    }
    return risks;
  }

  // Authorization servers accept a request_uri of 512 characters; its handle has about 100 (RFC
  // 9101 section 5).
  private void requireShort(Property property) {
    if (settings.text(property).orElse("").length() > MAX_ADDRESS_CHARACTERS) {
      settings.fault(property, ConfigurationFaults.ADDRESS_TOO_LONG, MAX_ADDRESS_CHARACTERS);
    }
  }

  private PublicUrl publicUrl(String issuer) {
    var url = settings.address(Property.PUBLIC_URL);
    var remote = SecureUri.parse(issuer).filter(it -> !PublicUrl.isOnLoopback(it)).isPresent();
    if (remote && !settings.isSet(Property.PUBLIC_URL)) {
      settings.fault(Property.PUBLIC_URL, ConfigurationFaults.PUBLIC_URL_MISSING);
    }
    return new PublicUrl(url);
  }

  private String ownPath() {
    var path = settings.ownText(Property.PATH).orElseGet(this::pathByDefault);
    if (!OWN_PATH.matcher(path).matches()) {
      settings.fault(Property.PATH, ConfigurationFaults.INVALID_PATH);
    }
    return path;
  }

  private String pathByDefault() {
    var name = settings.name();
    return settings.text(Property.PATH).orElseThrow()
        + (name.isOneOfSeveral() ? "/" + name.text() : "");
  }

  private String landingPage() {
    var page = settings.text(Property.LANDING_PAGE).orElseThrow();
    if (!page.matches("/|(/[A-Za-z0-9._~-]+)+/?(\\?[A-Za-z0-9._~&=-]*)?")) {
      settings.fault(Property.LANDING_PAGE, ConfigurationFaults.INVALID_LANDING_PAGE);
    }
    return page;
  }
}
