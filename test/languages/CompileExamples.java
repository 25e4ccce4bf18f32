import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Compiles all Java sources below the given folders in one run of the compiler, and prints each error as file:line: message.
 * The first argument is the folder of the jars, the second the one for the classes.
 */
public class CompileExamples {
    public static void main(String[] arguments) throws IOException {
        List<Path> sources = new ArrayList<>();
        for (String folder : List.of(arguments).subList(2, arguments.length)) {
            sources.addAll(filesIn(folder, ".java"));
        }
        String classpath = filesIn(arguments[0], ".jar").stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        Files.createDirectories(Path.of(arguments[1]));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        StandardJavaFileManager manager = compiler.getStandardFileManager(diagnostics, null, null);
        // Without a limit of its own, the compiler stops counting at 100 errors.
        List<String> options = List.of("-classpath", classpath, "-d", arguments[1], "-proc:none", "-nowarn", "-Xmaxerrs", "10000");
        boolean compiled = compiler.getTask(null, manager, diagnostics, options, null, manager.getJavaFileObjectsFromPaths(sources)).call();

        for (Diagnostic<? extends JavaFileObject> diagnostic : diagnostics.getDiagnostics()) {
            if (diagnostic.getKind() == Diagnostic.Kind.ERROR) {
                String source = diagnostic.getSource() == null ? "javac" : diagnostic.getSource().getName();
                String message = diagnostic.getMessage(null).lines().map(String::trim).reduce((all, line) -> all + ", " + line).orElse("");
                System.err.printf("%s:%d: %s%n", source, diagnostic.getLineNumber(), message);
            }
        }
        System.exit(compiled ? 0 : 1);
    }

    private static List<Path> filesIn(String folder, String extension) throws IOException {
        try (var files = Files.walk(Path.of(folder))) {
            return files.filter(file -> file.toString().endsWith(extension)).sorted().toList();
        }
    }
}
