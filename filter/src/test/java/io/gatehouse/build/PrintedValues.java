package io.gatehouse.build;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.util.Set;
import java.util.function.Consumer;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/**
 * Finds the values that {@code toString} of a type prints as text: the components of a record
 * without a {@code toString} of its own, and the members that another {@code toString} names. A
 * value of a type of Gatehouse is not text, since that type is looked at too.
 */
final class PrintedValues extends TreePathScanner<@Nullable Void, @Nullable Void> {
  private static final String OWN = "io.gatehouse.";
  private static final Set<String> HARMLESS =
      Set.of(
          "java.lang.Boolean",
          "java.lang.Integer",
          "java.lang.Long",
          "java.lang.Runnable",
          "java.time.Clock",
          "java.time.Duration",
          "java.time.Instant",
          "java.util.function.LongSupplier",
          "java.security.SecureRandom",
          "javax.net.ssl.SSLContext");

  private final Trees trees;
  private final Consumer<String> found;

  PrintedValues(JavacTask task, Consumer<String> found) {
    this.trees = Trees.instance(task);
    this.found = found;
  }

  @Override
  public @Nullable Void visitClass(ClassTree tree, @Nullable Void unused) {
    if (trees.getElement(getCurrentPath()) instanceof TypeElement type) {
      var own =
          tree.getMembers().stream()
              .filter(MethodTree.class::isInstance)
              .map(MethodTree.class::cast)
              .filter(it -> it.getName().contentEquals("toString") && it.getParameters().isEmpty())
              .findFirst();
      if (own.isPresent()) {
        new Names(type).scan(new TreePath(getCurrentPath(), own.get()), null);
      } else {
        type.getRecordComponents().stream()
            .filter(it -> isText(it.asType()))
            .forEach(it -> report(type, it));
      }
    }
    return super.visitClass(tree, null);
  }

  private void report(TypeElement type, Element member) {
    var name = type.getQualifiedName().toString().replaceFirst("^(?:[a-z]+\\.)+", "");
    found.accept(name + "." + member.getSimpleName());
  }

  private static boolean isText(TypeMirror type) {
    if (type.getKind() == TypeKind.ARRAY) { // prints its identity
      return ((ArrayType) type).getComponentType().getKind() == TypeKind.ERROR;
    }
    if (!(type instanceof DeclaredType declared)) {
      return !type.getKind().isPrimitive();
    }
    var name = declared.asElement().toString();
    if (name.startsWith("java.util.") && !declared.getTypeArguments().isEmpty()) {
      return declared.getTypeArguments().stream().anyMatch(PrintedValues::isText);
    }
    return !name.startsWith(OWN) && !HARMLESS.contains(name);
  }

  /** The members of a type that are named in its {@code toString}. */
  private final class Names extends TreePathScanner<@Nullable Void, @Nullable Void> {
    private final TypeElement type;

    Names(TypeElement type) {
      this.type = type;
    }

    @Override
    public @Nullable Void visitIdentifier(IdentifierTree tree, @Nullable Void unused) {
      var named = trees.getElement(getCurrentPath());
      if (named != null
          && type.equals(named.getEnclosingElement())
          && !named.getModifiers().contains(Modifier.STATIC)
          && isText(result(named))) {
        report(type, named);
      }
      return null;
    }

    private static TypeMirror result(Element member) {
      return member.getKind() == ElementKind.METHOD
          ? ((ExecutableElement) member).getReturnType()
          : member.asType();
    }
  }
}
