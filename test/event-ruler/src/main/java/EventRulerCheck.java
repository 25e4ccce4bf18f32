import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import software.amazon.event.ruler.Machine;

/**
 * Asks the matcher below EventBridge and Lambda's filters about the cases that
 * cases.ts draws: the matcher of the unit tests answers the same. Of the tiers
 * every routed event matches exactly one, and no other event any.
 */
public final class EventRulerCheck {
    public static void main(final String[] args) throws Exception {
        int checked = 0;
        int failed = 0;
        for (final JsonNode group : new ObjectMapper().readTree(Path.of(args[0]).toFile())) {
            final Machine machine = new Machine();
            for (final JsonNode pattern : group.get("patterns")) {
                machine.addRule(pattern.get("name").asText(), pattern.get("pattern").toString());
            }
            for (final JsonNode testCase : group.get("cases")) {
                final List<String> matched = new ArrayList<>(machine.rulesForJSONEvent(testCase.get("event").toString()));
                final List<String> expected = new ArrayList<>();
                testCase.get("matched").forEach(name -> expected.add(name.asText()));
                Collections.sort(matched);
                Collections.sort(expected);
                checked++;
                final boolean isCountRight = !testCase.has("isMovement") || matched.size() == (testCase.get("isMovement").asBoolean() ? 1 : 0);
                if (!isCountRight || !matched.equals(expected)) {
                    failed++;
                    System.err.printf("matched %s, expected %s: %s%n", matched, expected, testCase.get("event"));
                }
            }
        }
        System.out.printf("event-ruler: %d events checked, %d failed%n", checked, failed);
        if (failed > 0 || checked == 0) {
            System.exit(1);
        }
    }
}
