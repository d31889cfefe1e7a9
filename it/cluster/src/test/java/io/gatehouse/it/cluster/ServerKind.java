package io.gatehouse.it.cluster;

import io.gatehouse.it.servers.PayaraMicro;
import io.gatehouse.it.servers.ServerProcess;
import io.gatehouse.it.servers.Tomcat;
import io.gatehouse.it.servers.WildFly;
import java.util.ArrayList;
import java.util.List;

/** The containers that can copy sessions to another node, each in its own way. */
enum ServerKind {
  /** Sessions by SimpleTcpCluster; marks of Gatehouse by Hazelcast in the application. */
  TOMCAT {
    @Override
    ServerProcess start(Node node, Node other, List<String> settings) {
      return Tomcat.startMember(
              node.directory(),
              node.port(),
              node.clusterPort(),
              other.clusterPort(),
              withHazelcast(node, other, settings),
              ServerProcess.directory().resolve("hazelcast/cluster.war"))
          .process();
    }
  },
  /** Sessions and marks by Payara's own Hazelcast. */
  PAYARA {
    @Override
    ServerProcess start(Node node, Node other, List<String> settings) {
      var all = new ArrayList<>(settings);
      all.add("-Dgatehouse.shared=jcache:payara/CacheManager#gatehouse");
      return PayaraMicro.startMember(
              node.name(),
              node.directory(),
              node.port(),
              node.clusterPort(),
              other.clusterPort(),
              all,
              ServerProcess.directory().resolve("cluster.war"))
          .process();
    }
  },
  /** Sessions and marks by WildFly's own Infinispan. */
  WILDFLY {
    @Override
    ServerProcess start(Node node, Node other, List<String> settings) {
      var all = new ArrayList<>(settings);
      all.add("-Dgatehouse.shared=map:java:jboss/infinispan/cache/web/gatehouse");
      return WildFly.start(
          node.name(),
          node.directory(),
          node.port(),
          node.clusterPort(),
          other.clusterPort(),
          all,
          ServerProcess.directory().resolve("maps/cluster.war"));
    }
  };

  /**
   * Starts a node and does not wait.
   *
   * @param settings system properties
   */
  abstract ServerProcess start(Node node, Node other, List<String> settings);

  private static List<String> withHazelcast(Node node, Node other, List<String> settings) {
    var all = new ArrayList<>(settings);
    all.add("-Dgatehouse.shared=jcache:gatehouse");
    all.add("-Dhazelcast.jcache.provider.type=member");
    all.add("-Dhazelcast.own.port=" + node.hazelcastPort());
    all.add("-Dhazelcast.other.port=" + other.hazelcastPort());
    return all;
  }
}
