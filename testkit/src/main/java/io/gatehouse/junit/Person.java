package io.gatehouse.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A person to log in as, invented, with a credential. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({})
public @interface Person {

  /**
   * Names the person for {@link Verifier#logIn} and in the profile: {@code alice} is Alice Example,
   * {@code alice@example.com}. The user's subject (a {@code did:key}) is the same in each run.
   *
   * @return up to 40 lower-case letters, digits and hyphens, the first a letter
   */
  String name();

  /**
   * Lists the powers in the person's credential.
   *
   * @return each power as {@code Function:Action}, the form of Gatehouse's role names, such as
   *     {@code ProductOffering:Create}; none by default
   */
  String[] powers() default {};

  /**
   * Returns whether the Verifier refuses the person's credential as revoked.
   *
   * @return false by default
   */
  boolean refused() default false;
}
