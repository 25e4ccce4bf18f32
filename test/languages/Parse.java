import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Parses all Java sources below the given folders, and prints each syntax error as file:line: message. Resolves no names. */
public class Parse {
    public static void main(String[] folders) throws IOException {
        List<Path> sources = new ArrayList<>();
        for (String folder : folders) {
            try (var files = Files.walk(Path.of(folder))) {
                files.filter(file -> file.toString().endsWith(".java")).sorted().forEach(sources::add);
            }
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        StandardJavaFileManager manager = compiler.getStandardFileManager(diagnostics, null, null);
        JavacTask task = (JavacTask) compiler.getTask(null, manager, diagnostics, null, null, manager.getJavaFileObjectsFromPaths(sources));
        task.parse();

        boolean failed = false;
        for (Diagnostic<? extends JavaFileObject> diagnostic : diagnostics.getDiagnostics()) {
            if (diagnostic.getKind() == Diagnostic.Kind.ERROR) {
                failed = true;
                System.err.printf("%s:%d: %s%n", diagnostic.getSource().getName(), diagnostic.getLineNumber(), diagnostic.getMessage(null));
            }
        }
        System.exit(failed ? 1 : 0);
    }
}
