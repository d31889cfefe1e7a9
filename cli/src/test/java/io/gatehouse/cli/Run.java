package io.gatehouse.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/** A run of the command in this process. */
public record Run(int exitCode, String out, String err) {
  public static Run of(String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    var exitCode = GatehouseCommand.run(new PrintWriter(out), new PrintWriter(err), arguments);
    return new Run(exitCode, out.toString(), err.toString());
  }
}
