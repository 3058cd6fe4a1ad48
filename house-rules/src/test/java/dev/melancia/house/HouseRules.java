package dev.melancia.house;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The rules of the house that compiled classes can be asked about, by the name a failing build shows. */
final class HouseRules {

    /** Where a real clock or a real random number is the default of a parameter; a new home needs a reason here. */
    static final Set<String> HOMES_OF_EFFECTS = Set.of(
            // Each takes a clock, a ticker or a generator in its builder, and these are the defaults.
            "dev.melancia.router.ModelRouterBuilder",
            "dev.melancia.benchmark.Benchmark",
            "dev.melancia.benchmark.ModelSubject",
            "dev.melancia.call.FeedbackJoin",
            "dev.melancia.mlflow.rest.MlflowApi",
            // The random part of a segment's name keeps two processes apart; no behaviour depends on it.
            "dev.melancia.journal.Journal");

    /** Who may touch the standard streams. */
    private static final Set<String> HOMES_OF_STREAMS = Set.of(
            // Replaces the streams during a test, to see that a provider writes nothing there.
            "dev.melancia.testkit.HttpChatModelProviderContract");

    private static final int MOST_PARAMETERS = 4;
    private static final Set<String> KOTLIN_KEYWORDS = Set.of(
            "as",
            "break",
            "class",
            "continue",
            "do",
            "else",
            "false",
            "for",
            "fun",
            "if",
            "in",
            "interface",
            "is",
            "null",
            "object",
            "package",
            "return",
            "super",
            "this",
            "throw",
            "true",
            "try",
            "typealias",
            "typeof",
            "val",
            "var",
            "when",
            "while");
    private static final String[] EFFECTFUL = {
        "java.io..", "java.net..", "java.nio.file..", "java.nio.channels..", "java.lang.management..", "java.sql.."
    };

    /** The packages of melancia-mlflow, which teams use that want nothing else of ours. */
    private static final String[] STAND_ALONE = {
        "dev.melancia.journal", "dev.melancia.mlflow..", "dev.melancia.experiment"
    };

    private HouseRules() {}

    static Map<String, ArchRule> all() {
        Map<String, ArchRule> rules = new LinkedHashMap<>();
        bans(rules);
        shapes(rules);
        layers(rules);
        rules.replaceAll((name, rule) -> rule.as(name).allowEmptyShould(true));
        return rules;
    }

    private static void bans(Map<String, ArchRule> rules) {
        rules.put(
                "clocks and chance are parameters outside their homes",
                noClasses()
                        .that(describe("have no home", type -> !HOMES_OF_EFFECTS.contains(Product.topLevel(type))))
                        .should(Banned.effects()));
        rules.put(
                "nothing writes to the standard streams",
                noClasses()
                        .that(describe("have no home", type -> !HOMES_OF_STREAMS.contains(Product.topLevel(type))))
                        .should(Banned.standardStreams()));
        rules.put("no default locale, character set or time zone", noClasses().should(Banned.defaults()));
        rules.put("nothing sleeps", noClasses().should(Banned.sleeping()));
        rules.put("no ThreadLocal", noClasses().should().dependOnClassesThat().areAssignableTo(ThreadLocal.class));
        rules.put("no synchronized methods", noMethods().should().haveModifier(JavaModifier.SYNCHRONIZED));
        rules.put(
                "no static mutable fields",
                fields().that()
                        .areStatic()
                        .and(describe("are written by people", field -> !synthetic(field)))
                        .should()
                        .beFinal());
    }

    private static void shapes(Map<String, ArchRule> rules) {
        rules.put(
                "no Impl, Manager, Helper, Util or Abstract in a name",
                noClasses()
                        .should()
                        .haveNameMatching(".*[.$](Abstract[A-Z][^.$]*|[^.$]*(Impl|Manager|Helper|Utils?))"));
        rules.put(
                "accessors of public types have no get",
                methods()
                        .that()
                        .arePublic()
                        .and()
                        .areDeclaredInClassesThat()
                        .arePublic()
                        .should(haveNoGet()));
        rules.put(
                "no public method is a Kotlin keyword",
                methods()
                        .that()
                        .arePublic()
                        .and()
                        .areDeclaredInClassesThat()
                        .arePublic()
                        .should(notBeNamedLikeAKotlinKeyword()));
        rules.put(
                "a public method takes at most four parameters",
                methods()
                        .that()
                        .arePublic()
                        .and()
                        .areDeclaredInClassesThat()
                        .arePublic()
                        .should(takeAtMostFourParameters()));
        rules.put("every package says @NullMarked", classes().should(liveInANullMarkedPackage()));
    }

    private static void layers(Map<String, ArchRule> rules) {
        rules.put(
                "stats and routing have no effects",
                noClasses()
                        .that()
                        .resideInAnyPackage("dev.melancia.stats..", "dev.melancia.routing")
                        .should()
                        .dependOnClassesThat(describe("have effects", HouseRules::effectful)));
        rules.put(
                "routing draws no numbers",
                noClasses()
                        .that()
                        .resideInAPackage("dev.melancia.routing")
                        .should()
                        .dependOnClassesThat(describe(
                                "draw numbers",
                                type -> type.getName().matches("java\\.util\\.(random\\.|\\w*Random$).*"))));
        rules.put(
                "stats depends on nothing of ours",
                noClasses()
                        .that()
                        .resideInAPackage("dev.melancia.stats..")
                        .should()
                        .dependOnClassesThat(ours(
                                "dev.melancia.stats", "dev.melancia.stats.paired", "dev.melancia.stats.agreement")));
        rules.put(
                "journal, MLflow client and experiments stand alone",
                noClasses()
                        .that()
                        .resideInAnyPackage(STAND_ALONE)
                        .should()
                        .dependOnClassesThat(oursOutside(STAND_ALONE)));
        rules.put(
                "the journal knows nothing of MLflow",
                noClasses()
                        .that()
                        .resideInAPackage("dev.melancia.journal")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage("dev.melancia.mlflow..", "dev.melancia.experiment"));
        rules.put(
                "nothing depends on a provider",
                noClasses()
                        .that()
                        .resideOutsideOfPackage("dev.melancia.provider.*..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("dev.melancia.provider.*.."));
    }

    private static DescribedPredicate<JavaClass> oursOutside(String... packages) {
        return JavaClass.Predicates.resideInAPackage("dev.melancia..")
                .and(JavaClass.Predicates.resideOutsideOfPackages(packages));
    }

    private static DescribedPredicate<JavaClass> ours(String... except) {
        Set<String> allowed = Set.of(except);
        return describe(
                "are ours elsewhere",
                type -> type.getPackageName().startsWith("dev.melancia") && !allowed.contains(type.getPackageName()));
    }

    private static boolean effectful(JavaClass type) {
        String name = type.getName();
        for (String banned : EFFECTFUL) {
            if (name.startsWith(banned.substring(0, banned.length() - 1))) {
                return !name.equals("java.io.Serializable");
            }
        }
        return name.matches("java\\.util\\.concurrent\\.(\\w*Executor\\w*|\\w*Future|ForkJoin\\w+|TimeUnit)")
                || name.matches("java\\.time\\.(Clock|InstantSource)(\\$.*)?")
                || Set.of("java.lang.Thread", "java.lang.Process", "java.lang.ProcessBuilder")
                        .contains(name);
    }

    private static boolean synthetic(JavaMember member) {
        return member.getModifiers().contains(JavaModifier.SYNTHETIC);
    }

    private static ArchCondition<JavaMethod> takeAtMostFourParameters() {
        return new ArchCondition<>("take at most " + MOST_PARAMETERS + " parameters") {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                if (method.getRawParameterTypes().size() > MOST_PARAMETERS && !inherited(method)) {
                    events.add(SimpleConditionEvent.violated(method, method.getDescription()));
                }
            }
        };
    }

    private static ArchCondition<JavaMethod> haveNoGet() {
        return new ArchCondition<>("have no get before their name") {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                if (method.getName().matches("get[A-Z].*") && !inherited(method)) {
                    events.add(SimpleConditionEvent.violated(method, method.getDescription()));
                }
            }
        };
    }

    private static ArchCondition<JavaMethod> notBeNamedLikeAKotlinKeyword() {
        return new ArchCondition<>("not be named like a Kotlin keyword") {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                if (KOTLIN_KEYWORDS.contains(method.getName())) {
                    events.add(SimpleConditionEvent.violated(method, method.getDescription()));
                }
            }
        };
    }

    private static ArchCondition<JavaClass> liveInANullMarkedPackage() {
        return new ArchCondition<>("live in a package that says @NullMarked") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                if (!type.getPackage().isAnnotatedWith("org.jspecify.annotations.NullMarked")) {
                    events.add(SimpleConditionEvent.violated(type, type.getPackageName() + " of " + type.getName()));
                }
            }
        };
    }

    /** Whether the method only fills in what a library's type asks for. */
    private static boolean inherited(JavaMethod method) {
        JavaClass owner = method.getOwner();
        return Stream.concat(owner.getAllRawSuperclasses().stream(), owner.getAllRawInterfaces().stream())
                .filter(type -> !type.getPackageName().startsWith("dev.melancia"))
                .flatMap(type -> type.getMethods().stream())
                .anyMatch(above -> above.getName().equals(method.getName()));
    }
}
