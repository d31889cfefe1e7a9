/**
 * Formats the command's output: findings for people and programs, JSON, and the reason why a
 * command cannot be done.
 */
@NullMarked
package io.gatehouse.cli.output;

import org.jspecify.annotations.NullMarked;
