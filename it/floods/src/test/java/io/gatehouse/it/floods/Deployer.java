package io.gatehouse.it.floods;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import io.gatehouse.it.servers.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import javax.management.JMException;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/**
 * Makes Tomcat scan its directory of applications now, as its manager application does, through the
 * same MBean.
 */
final class Deployer implements AutoCloseable {
  private static final Duration MAX_WAIT = Duration.ofSeconds(30);

  private final JMXConnector connector;

  private Deployer(JMXConnector connector) {
    this.connector = connector;
  }

  /** Connects to the Tomcat in this process. */
  @SuppressWarnings("BanJNDI") // the address is one that the process itself has told us
  static Deployer of(long pid) {
    try {
      var machine = VirtualMachine.attach(String.valueOf(pid));
      try {
        var address = new JMXServiceURL(machine.startLocalManagementAgent());
        return new Deployer(JMXConnectorFactory.connect(address)).await();
      } finally {
        machine.detach();
      }
    } catch (AttachNotSupportedException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Deployer await() throws IOException {
    var end = Instant.now().plus(MAX_WAIT);
    while (!connector.getMBeanServerConnection().isRegistered(name())) {
      if (Instant.now().isAfter(end)) {
        throw new IllegalStateException("Tomcat has not come so far");
      }
      ServerProcess.pause();
    }
    return this;
  }

  private static ObjectName name() {
    try {
      return new ObjectName("Catalina:type=Deployer,host=localhost");
    } catch (MalformedObjectNameException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Deploys the application if its WAR is there, and undeploys it if it is gone. */
  void check(String context) {
    try {
      connector
          .getMBeanServerConnection()
          .invoke(
              name(), "check", new Object[] {"/" + context}, new String[] {String.class.getName()});
    } catch (JMException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      connector.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
