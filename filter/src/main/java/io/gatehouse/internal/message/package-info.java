/**
 * The texts of the messages for operators, each with its code; {@code docs/messages.md} lists them.
 * Internal; applications import {@code io.gatehouse} only.
 */
@NullMarked
package io.gatehouse.internal.message;

import org.jspecify.annotations.NullMarked;
