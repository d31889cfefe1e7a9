package io.gatehouse.junit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/** Starts and stops the stand-in around a class, and checks its refusals after each test. */
final class VerifierExtension
    implements BeforeAllCallback,
        BeforeEachCallback,
        AfterEachCallback,
        AfterAllCallback,
        ParameterResolver {
  private static final Namespace OURS = Namespace.create(VerifierExtension.class);

  private record Running(StandInProcess process, Verifier verifier) {}

  // JUnit also calls this method for nested classes, which share the stand-in of the outer class.
  @Override
  public void beforeAll(ExtensionContext context) {
    annotation(context).ifPresent(it -> context.getStore(OURS).put(Running.class, start(it)));
  }

  private static Optional<VerifierStandIn> annotation(ExtensionContext context) {
    return AnnotationSupport.findAnnotation(context.getRequiredTestClass(), VerifierStandIn.class);
  }

  private static Running start(VerifierStandIn wanted) {
    var java = Path.of(System.getProperty("java.home"), "bin", "java");
    var process = StandInProcess.start(java, wanted.port(), options(wanted));
    return new Running(process, new Verifier(process.issuer()));
  }

  private static List<String> options(VerifierStandIn wanted) {
    var options = new ArrayList<>(List.of("--standin.line=" + wanted.line()));
    if (!wanted.application().isEmpty()) {
      options.add("--standin.application=" + wanted.application());
    }
    for (int i = 0; i < wanted.people().length; i++) {
      var person = wanted.people()[i];
      var prefix = "--standin.people[" + i + "].";
      options.add(prefix + "name=" + person.name());
      options.add(prefix + "powers=" + String.join(",", person.powers()));
      options.add(prefix + "refused=" + person.refused());
    }
    options.addAll(List.of(wanted.options()));
    return options;
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    running(context).ifPresent(it -> it.verifier().begin());
  }

  @Override
  public void afterEach(ExtensionContext context) {
    running(context).ifPresent(it -> it.verifier().check());
  }

  @Override
  public void afterAll(ExtensionContext context) {
    if (annotation(context).isPresent()) {
      running(context).ifPresent(VerifierExtension::end);
    }
  }

  // A refusal after the last test fails the class.
  private static void end(Running running) {
    try {
      running.verifier().check();
    } finally {
      running.process().close();
    }
  }

  private static Optional<Running> running(ExtensionContext context) {
    return Optional.ofNullable(context.getStore(OURS).get(Running.class, Running.class));
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Verifier.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return running(context)
        .orElseThrow(() -> new ParameterResolutionException("the stand-in is not running"))
        .verifier();
  }
}
