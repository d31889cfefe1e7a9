package io.gatehouse.filter;

import io.gatehouse.internal.cluster.SharedCache;
import io.gatehouse.internal.cluster.SharedRefreshes;
import io.gatehouse.internal.protocol.EndedSessions;
import io.gatehouse.internal.protocol.LocalMarkerStore;
import io.gatehouse.internal.protocol.MarkerStore;
import io.gatehouse.internal.session.RefreshOnce;
import java.time.Clock;
import java.util.Optional;

/** The state that the nodes of one application share, or that a single node keeps for itself. */
record ClusterParts(MarkerStore markers, EndedSessions endedSessions, RefreshOnce refreshOnce) {
  /**
   * The stores that a node shares with other nodes of the same application.
   *
   * @param refreshes the cache in which nodes record refreshes; empty for a single node
   */
  record Shared(MarkerStore markers, Optional<SharedCache> refreshes) {
    /** Returns the stores of a single node. */
    static Shared ofSingleNode(Clock clock) {
      return new Shared(new LocalMarkerStore(clock), Optional.empty());
    }
  }

  static ClusterParts of(CommonParts common, Shared shared) {
    return new ClusterParts(
        shared.markers(),
        new EndedSessions(shared.markers(), common.configuration().session().maxLifetime()),
        shared.refreshes().map(it -> refreshOnce(it, common)).orElse(RefreshOnce.ON_ONE_NODE));
  }

  // A call waits for a place and fetches metadata, keys and the token response, each within the
  // timeout; a node that takes longer to record the outcome counts as dead.
  private static RefreshOnce refreshOnce(SharedCache cache, CommonParts common) {
    var configuration = common.configuration();
    var calls = configuration.http().timeout().multipliedBy(4);
    var longestCall = calls.plusSeconds(5).plus(configuration.registration().clockSkew());
    return new SharedRefreshes(
        cache,
        common.logins().ring(),
        longestCall,
        common.serverParts().waitOfUsers(),
        common.clock());
  }
}
