package io.gatehouse.internal.server;

import io.gatehouse.internal.message.FaultText;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The ways to a server: to each address of its name, or to each address of the proxies that the
 * platform selects. The names are resolved for each call, so a change of the DNS takes effect as
 * soon as the platform's cache of names allows.
 */
final class Routes {
  /** A resolver of host names. */
  interface Names {
    InetAddress[] addresses(String host) throws UnknownHostException;
  }

  /**
   * A way to a server.
   *
   * @param address the address to connect to
   * @param proxied whether the address is that of a proxy
   */
  record Route(InetSocketAddress address, boolean proxied) {
    /** Returns the host as configured, and the port. */
    String name() {
      return address.getHostString() + ":" + address.getPort();
    }
  }

  private static final int MAX_ADDRESSES = 8; // of one name

  private final Names names;
  private final Supplier<@Nullable ProxySelector> proxies;
  // The address that was last connected, by name: a dead address costs time once, not at each call.
  private final Map<String, InetSocketAddress> connected = new ConcurrentHashMap<>();

  /** Creates the routes of the platform. */
  Routes() {
    this(InetAddress::getAllByName, ProxySelector::getDefault);
  }

  Routes(Names names, Supplier<@Nullable ProxySelector> proxies) {
    this.names = names;
    this.proxies = proxies;
  }

  /**
   * Returns the routes in the order in which to try them.
   *
   * @throws IOException if no name can be resolved
   */
  List<Route> to(URI uri) throws IOException {
    var routes = new ArrayList<Route>();
    IOException unknown = new UnknownHostException();
    for (var proxy : selected(uri)) {
      try {
        routes.addAll(
            isHttp(proxy)
                ? through((InetSocketAddress) proxy.address())
                : resolved(host(uri), port(uri), false));
      } catch (IOException e) {
        unknown = e;
      }
    }
    if (routes.isEmpty()) {
      throw unknown;
    }
    return routes;
  }

  private List<Proxy> selected(URI uri) {
    var selector = proxies.get();
    var selected = selector == null ? List.<Proxy>of() : selector.select(uri);
    return selected.isEmpty() ? List.of(Proxy.NO_PROXY) : selected;
  }

  private static boolean isHttp(Proxy proxy) {
    return proxy.type() == Proxy.Type.HTTP && proxy.address() instanceof InetSocketAddress;
  }

  private List<Route> through(InetSocketAddress proxy) throws IOException {
    try {
      return resolved(proxy.getHostString(), proxy.getPort(), true);
    } catch (UnknownHostException e) {
      throw new FailedExchangeException(
          "the proxy " + proxy.getHostString() + " cannot be found: " + FaultText.of(e));
    }
  }

  private List<Route> resolved(String host, int port, boolean proxied) throws IOException {
    return Arrays.stream(names.addresses(host))
        .limit(MAX_ADDRESSES)
        .map(it -> new Route(new InetSocketAddress(it, port), proxied))
        .sorted(Comparator.comparing(it -> !it.address().equals(connected.get(it.name()))))
        .toList();
  }

  /** Keeps the address that has been connected, as the first to try next time. */
  void connected(Route route) {
    connected.put(route.name(), route.address());
  }

  /** Returns the host of an address, an IPv6 address without brackets. */
  static String host(URI uri) {
    return uri.getHost().replaceAll("[\\[\\]]", "");
  }

  /** Returns the port of an address, or that of its scheme. */
  static int port(URI uri) {
    if (uri.getPort() >= 0) {
      return uri.getPort();
    }
    return isTls(uri) ? 443 : 80;
  }

  static boolean isTls(URI uri) {
    return "https".equals(uri.getScheme());
  }
}
