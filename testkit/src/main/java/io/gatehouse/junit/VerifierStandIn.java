package io.gatehouse.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Starts a stand-in for the Verifier before the tests of a class and stops it after them. The
 * stand-in is a separate process on 127.0.0.1. Tests, their life-cycle methods and the constructor
 * may have a parameter of type {@link Verifier}.
 *
 * <p>A test fails at its end if the application sent a request that the Verifier, or the RFCs that
 * the Verifier follows, forbid; see {@link Verifier#expectRefusal}. So that each refusal belongs to
 * one test, the tests of the class run one after the other.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@ExtendWith(VerifierExtension.class)
@Execution(ExecutionMode.SAME_THREAD)
public @interface VerifierStandIn {

  /**
   * Lists the people who can log in.
   *
   * @return by default three: {@code product-manager} (ProductOffering:Create and :Update,
   *     Certification:Upload and :Attest, Onboarding:Execute), {@code auditor}
   *     (ProductOffering:Read, Audit:Read) and {@code revoked}, who is refused
   */
  Person[] people() default {};

  /**
   * Selects the line of the Verifier whose behavior the stand-in has.
   *
   * @return {@code 2.x} or, by default, {@code 3.x}
   */
  String line() default "3.x";

  /**
   * Sets the stand-in's port.
   *
   * @return by default 0, a free one
   */
  int port() default 0;

  /**
   * Sets the application's address, if it is known before the application starts; otherwise use
   * {@link Verifier#register}.
   *
   * @return the application's root with the context path, such as {@code
   *     http://localhost:8080/shop}; by default none
   */
  String application() default "";

  /**
   * Lists more options of the stand-in, as documented in its README.
   *
   * @return options such as {@code --standin.log-out=true}; none by default
   */
  String[] options() default {};
}
