package io.gatehouse.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Somebody to log in as: an invented person with a credential. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({})
public @interface Person {

  /**
   * The name by which {@link Verifier#logIn} knows the person, and part of the profile: {@code
   * alice} is Alice Example, {@code alice@example.com}. The user's subject (a {@code did:key}) is
   * the same in each run.
   *
   * @return up to 40 lower-case letters, digits and hyphens, the first a letter
   */
  String name();

  /**
   * The powers in the person's credential.
   *
   * @return each as the role that Gatehouse makes of it, {@code Function:Action}, such as {@code
   *     ProductOffering:Create}; none by default
   */
  String[] powers() default {};

  /**
   * Whether the Verifier refuses the person's credential, as one that is revoked.
   *
   * @return false by default
   */
  boolean refused() default false;
}
