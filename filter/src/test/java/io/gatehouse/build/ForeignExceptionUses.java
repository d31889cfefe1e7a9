package io.gatehouse.build;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.CompoundAssignmentTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.UnionType;
import javax.lang.model.util.Types;
import org.jspecify.annotations.Nullable;

/** Finds in a source the expressions by which the message of a foreign exception may be told. */
final class ForeignExceptionUses extends TreePathScanner<@Nullable Void, @Nullable Void> {
  private static final String OWN = "io.gatehouse.";
  private static final Set<String> TELLING =
      Set.of("getMessage", "getLocalizedMessage", "toString", "printStackTrace", "valueOf");
  // They hand an exception to whoever waits for it, or look at its class only.
  private static final Set<String> HARMLESS =
      Set.of("completeExceptionally", "failedFuture", "addSuppressed", "isInstance", "cast", "of");

  private final Trees trees;
  private final Types types;
  private final TypeMirror throwable;
  private final Consumer<String> found;

  ForeignExceptionUses(JavacTask task, Consumer<String> found) {
    this.trees = Trees.instance(task);
    this.types = task.getTypes();
    this.throwable = task.getElements().getTypeElement("java.lang.Throwable").asType();
    this.found = found;
  }

  private void report(String how, Tree tree) {
    var unit = getCurrentPath().getCompilationUnit();
    var file = unit.getSourceFile().getName().replaceFirst("^.*/", "").replace(".java", "");
    found.accept(file + ": " + how + " " + tree);
  }

  private boolean isForeign(Tree expression) {
    if (expression instanceof MethodInvocationTree call
        && call.getMethodSelect().toString().equals("FaultText.traceOf")) {
      return false; // without messages
    }
    var type = trees.getTypeMirror(new TreePath(getCurrentPath(), expression));
    return type != null && isForeign(type);
  }

  private boolean isForeign(TypeMirror type) {
    if (type instanceof UnionType union) {
      return union.getAlternatives().stream().anyMatch(this::isForeign);
    }
    if (type.getKind() != TypeKind.DECLARED && type.getKind() != TypeKind.TYPEVAR) {
      return false;
    }
    return types.isSubtype(types.erasure(type), throwable) && !type.toString().startsWith(OWN);
  }

  private static boolean isOwn(@Nullable Element member) {
    for (var it = member; it != null; it = it.getEnclosingElement()) {
      if (it.getKind() == ElementKind.PACKAGE) {
        return (it + ".").startsWith(OWN);
      }
    }
    return false;
  }

  // A method of ours whose parameter is an exception is in these sources itself.
  private boolean takesExceptions(@Nullable Element method, int argument) {
    if (!isOwn(method) || !(method instanceof ExecutableElement executable)) {
      return false;
    }
    var parameters = executable.getParameters();
    return argument < parameters.size()
        && types.isSubtype(types.erasure(parameters.get(argument).asType()), throwable);
  }

  private void look(String how, Tree call, List<? extends ExpressionTree> arguments) {
    var called = trees.getElement(getCurrentPath());
    for (var i = 0; i < arguments.size(); i++) {
      if (isForeign(arguments.get(i)) && !takesExceptions(called, i)) {
        report(how, call);
      }
    }
  }

  @Override
  public @Nullable Void visitMethodInvocation(MethodInvocationTree call, @Nullable Void unused) {
    if (!HARMLESS.contains(nameOf(call.getMethodSelect()))) {
      look("argument of", call, call.getArguments());
    }
    return super.visitMethodInvocation(call, null);
  }

  private static String nameOf(Tree method) {
    return method instanceof MemberSelectTree select ? select.getIdentifier().toString() : "";
  }

  @Override
  public @Nullable Void visitNewClass(NewClassTree created, @Nullable Void unused) {
    look("cause of", created, created.getArguments());
    return super.visitNewClass(created, null);
  }

  @Override
  public @Nullable Void visitMemberSelect(MemberSelectTree select, @Nullable Void unused) {
    if (TELLING.contains(select.getIdentifier().toString()) && isForeign(select.getExpression())) {
      report("message by", select);
    }
    return super.visitMemberSelect(select, null);
  }

  @Override
  public @Nullable Void visitMemberReference(MemberReferenceTree reference, @Nullable Void unused) {
    if (TELLING.contains(reference.getName().toString())) {
      var type = trees.getTypeMirror(getCurrentPath());
      var qualifier = isForeign(reference.getQualifierExpression());
      if (qualifier
          || (type != null && type.toString().matches(".*(Throwable|Exception|Error)\\b.*"))) {
        report("message by", reference);
      }
    }
    return super.visitMemberReference(reference, null);
  }

  @Override
  public @Nullable Void visitBinary(BinaryTree binary, @Nullable Void unused) {
    if (binary.getKind() == Tree.Kind.PLUS
        && (isForeign(binary.getLeftOperand()) || isForeign(binary.getRightOperand()))) {
      report("text of", binary);
    }
    return super.visitBinary(binary, null);
  }

  @Override
  public @Nullable Void visitCompoundAssignment(
      CompoundAssignmentTree assignment, @Nullable Void unused) {
    if (isForeign(assignment.getExpression())) {
      report("text of", assignment);
    }
    return super.visitCompoundAssignment(assignment, null);
  }
}
