package dev.melancia.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import dev.melancia.house.fixture.OffenderImpl;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class HouseRulesTest {

    private static final JavaClasses PRODUCT = Product.classes();
    private static final double HIDDEN_SHARE = 0.40;

    @TestFactory
    Stream<DynamicTest> theProductKeepsTheRule() {
        return HouseRules.all().entrySet().stream()
                .map(rule -> DynamicTest.dynamicTest(
                        rule.getKey(), () -> rule.getValue().check(PRODUCT)));
    }

    @TestFactory
    Stream<DynamicTest> theRuleCanFail() throws ClassNotFoundException {
        JavaClasses offenders = new ClassFileImporter()
                .importClasses(
                        OffenderImpl.class,
                        Class.forName("dev.melancia.house.fixture.ReferenceOffender"),
                        Class.forName("dev.melancia.stats.OffendingStatistic"),
                        Class.forName("dev.melancia.routing.OffendingRule"),
                        Class.forName("dev.melancia.journal.OffendingJournal"),
                        Class.forName("dev.melancia.mlflow.OffendingClient"));
        return HouseRules.all().entrySet().stream()
                .map(rule -> DynamicTest.dynamicTest(
                        rule.getKey(),
                        () -> assertThat(violations(rule.getValue(), offenders)).isNotEmpty()));
    }

    @Test
    void aMethodReferenceIsNoWayAroundARule() throws ClassNotFoundException {
        JavaClasses offender =
                new ClassFileImporter().importClasses(Class.forName("dev.melancia.house.fixture.ReferenceOffender"));

        assertThat(violations(HouseRules.all().get("clocks and chance are parameters outside their homes"), offender))
                .hasSize(2);
        assertThat(violations(HouseRules.all().get("no default locale, character set or time zone"), offender))
                .hasSize(1);
    }

    @Test
    void theProductIsReallyLookedAt() {
        assertThat(PRODUCT.size()).isGreaterThan(40);
        assertThat(PRODUCT.contain("dev.melancia.flags.FeatureFlags")).isTrue();
        assertThat(PRODUCT.contain(OffenderImpl.class)).isFalse();
    }

    @Test
    void noPackageIsInTwoJars() {
        assertThat(packagesInTwoPlaces(PRODUCT)).isEmpty();
    }

    @Test
    void noticesAPackageInTwoJars() {
        JavaClasses withFixtures = new ClassFileImporter().importPackages("dev.melancia.stats");

        assertThat(packagesInTwoPlaces(withFixtures)).containsOnlyKeys("dev.melancia.stats");
    }

    private static Map<String, Set<String>> packagesInTwoPlaces(JavaClasses classes) {
        Map<String, Set<String>> homes = new TreeMap<>();
        for (JavaClass type : classes) {
            String uri = type.getSource().orElseThrow().getUri().toString();
            String root = uri.substring(0, uri.length() - (type.getName().length() + ".class".length()));
            homes.computeIfAbsent(type.getPackageName(), name -> new TreeSet<>())
                    .add(root);
        }
        homes.values().removeIf(roots -> roots.size() == 1);
        return homes;
    }

    @Test
    void enoughTypesAreHidden() {
        Map<String, int[]> counts = new TreeMap<>();
        for (JavaClass type : PRODUCT) {
            if (type.isTopLevelClass() && !type.getSimpleName().equals("package-info")) {
                int[] count = counts.computeIfAbsent(type.getPackageName(), name -> new int[2]);
                count[type.getModifiers().contains(JavaModifier.PUBLIC) ? 0 : 1]++;
            }
        }
        counts.forEach(
                (name, count) -> System.out.println(name + ": " + count[0] + " public, " + count[1] + " hidden types"));
        int shown = counts.values().stream().mapToInt(count -> count[0]).sum();
        int hidden = counts.values().stream().mapToInt(count -> count[1]).sum();

        assertThat((double) hidden / (shown + hidden))
                .as("%d public and %d hidden top-level types", shown, hidden)
                .isGreaterThanOrEqualTo(HIDDEN_SHARE);
    }

    private static List<String> violations(ArchRule rule, JavaClasses classes) {
        return rule.evaluate(classes).getFailureReport().getDetails();
    }
}
