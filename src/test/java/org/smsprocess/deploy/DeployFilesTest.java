// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.smsprocess.account.NodeSettings;
import org.smsprocess.api.http.HttpSettings;
import org.smsprocess.cluster.ClusterSettings;
import org.yaml.snakeyaml.Yaml;

/** What stands in {@code deploy} fits the program: no engine of containers is needed to see that. */
class DeployFilesTest {
    private static final Path DEPLOY = Path.of("deploy");
    private static final Path DASHBOARD = DEPLOY.resolve("compose/grafana/dashboards/sms-process.json");

    static Stream<Path> yamlFiles() throws IOException {
        try (Stream<Path> files = Files.walk(DEPLOY)) {
            return files.filter(file -> file.toString().matches(".*\\.ya?ml")).toList().stream();
        }
    }

    private static String text(String file) throws IOException {
        return Files.readString(DEPLOY.resolve(file));
    }

    private static JsonNode yaml(String file) throws IOException {
        Object read = new Yaml().load(text(file));
        return new ObjectMapper().valueToTree(read);
    }

    /** reference.conf under the file; the environment as the deployment sets it. */
    private static Config settings(String file, Map<String, String> environment) throws IOException {
        Config own = ConfigFactory.parseString(text(file)).resolveWith(ConfigFactory.parseMap(environment));
        return ConfigFactory.load(own);
    }

    @ParameterizedTest
    @MethodSource("yamlFiles")
    void everyFileParses(Path file) throws IOException {
        assertThat(new Yaml().loadAll(Files.readString(file))).isNotEmpty().doesNotContainNull();
    }

    @Test
    void theNodesOfComposeStart() throws IOException {
        Config config = settings("compose/node.conf", Map.of());

        assertThat(NodeSettings.from(config).accounts()).containsOnlyKeys("demo");
        assertThat(HttpSettings.from(config).port()).isEqualTo(8080);
        assertThat(ClusterSettings.from(config).port()).isEqualTo(7355);
        assertThat(yaml("compose/compose.yaml").path("services"))
                .filteredOn(service -> service.path("environment").has("SMS_CLUSTER_HOST"))
                .hasSize(3)
                .allSatisfy(service ->
                        assertThat(service.path("ports").path(0).asText()).endsWith(":8080"));
    }

    @Test
    void prometheusAsksTheNodesOfCompose() throws IOException {
        JsonNode services = yaml("compose/compose.yaml").path("services");
        JsonNode job = yaml("compose/prometheus.yml").path("scrape_configs").path(0);

        assertThat(job.path("metrics_path").asText()).isEqualTo("/metrics");
        assertThat(job.path("static_configs").path(0).path("targets"))
                .hasSize(3)
                .allSatisfy(target -> {
                    assertThat(services.has(target.asText().replace(":8080", "")))
                            .isTrue();
                    assertThat(target.asText()).endsWith(":8080");
                });
    }

    @Test
    void composeMountsFilesThatExist() throws IOException {
        for (JsonNode service : yaml("compose/compose.yaml").path("services")) {
            for (JsonNode volume : service.path("volumes")) {
                String from = volume.asText().split(":")[0];
                if (from.startsWith(".")) {
                    assertThat(DEPLOY.resolve("compose").resolve(from)).exists();
                }
            }
        }
    }

    @Test
    void theImageHoldsTheJarThatIsBuilt() throws IOException {
        String file = text("Dockerfile");

        assertThat(Files.readString(Path.of("pom.xml"))).contains("<finalName>sms-process</finalName>");
        assertThat(file)
                .contains("/build/target/sms-process.jar /opt/sms-process/sms-process.jar", "temurin:17-jre")
                .contains("USER 10001", "HEALTHCHECK", "/health/live", "EXPOSE 8080 7355");
        assertThat(text("systemd/sms-process.service")).contains("-jar /opt/sms-process/sms-process.jar node --config");
    }

    @Test
    void theArchiveOfClassesIsMadeWhereTheNodeLooksForIt() throws IOException {
        String used = "-XX:SharedArchiveFile=/opt/sms-process/sms-process.jsa";

        // of the jar at the same path, or the JVM does not take it
        assertThat(text("Dockerfile"))
                .contains("-jar /opt/sms-process/sms-process.jar demo --messages 200 --exit")
                .contains("COPY --from=archive /tmp/sms-process.jsa /opt/sms-process/sms-process.jsa", used);
        assertThat(text("systemd/sms-process.service"))
                .contains("-XX:ArchiveClassesAtExit=/opt/sms-process/sms-process.jsa", used);
    }

    @Test
    void kubernetesProbesAskWhatTheApiAnswers() throws IOException {
        JsonNode pod =
                yaml("kubernetes/deployment.yaml").path("spec").path("template").path("spec");
        JsonNode node = pod.path("containers").path(0);

        assertThat(node.path("livenessProbe").path("httpGet").path("path").asText())
                .isEqualTo("/health/live");
        assertThat(node.path("readinessProbe").path("httpGet").path("path").asText())
                .isEqualTo("/health/ready");
        assertThat(Files.readString(Path.of("src/main/java/org/smsprocess/api/HttpApi.java")))
                .contains("\"/health/live\"", "\"/health/ready\"", "\"/metrics\"");
        assertThat(node.path("securityContext").path("readOnlyRootFilesystem").asBoolean())
                .isTrue();
        assertThat(pod.path("securityContext").path("runAsNonRoot").asBoolean()).isTrue();
        assertThat(pod.path("automountServiceAccountToken").asBoolean(true)).isFalse();
    }

    @Test
    void kubernetesSettingsAreRight() throws IOException {
        JsonNode secret = yaml("kubernetes/secret.example.yaml").path("stringData");
        List<String> variables = new ArrayList<>();
        secret.fieldNames().forEachRemaining(variables::add);
        Config config = settings(
                "kubernetes/application.conf",
                Map.of(
                        "SMS_TOKEN_SHA256", secret.path("SMS_TOKEN_SHA256").asText(),
                        "SMS_EXAMPLE_PASSWORD",
                                secret.path("SMS_EXAMPLE_PASSWORD").asText()));

        assertThat(NodeSettings.from(config).accounts()).containsOnlyKeys("example");
        assertThat(HttpSettings.from(config).tokens()).hasSize(1);
        assertThat(variables).contains("SMS_DB_URL", "SMS_DB_USER", "SMS_DB_PASSWORD");
        assertThat(Files.readString(Path.of("src/main/resources/reference.conf")))
                .contains("${?SMS_DB_URL}", "${?SMS_DB_USER}", "${?SMS_DB_PASSWORD}", "${?SMS_CLUSTER_HOST}");
    }

    @Test
    void theKustomizationNamesFilesThatExistAndTheirLabelsAgree() throws IOException {
        for (JsonNode resource : yaml("kubernetes/kustomization.yaml").path("resources")) {
            assertThat(DEPLOY.resolve("kubernetes").resolve(resource.asText())).exists();
        }
        JsonNode deployment = yaml("kubernetes/deployment.yaml").path("spec");
        JsonNode labels = deployment.path("template").path("metadata").path("labels");
        assertThat(deployment.path("selector").path("matchLabels")).isEqualTo(labels);
        assertThat(yaml("kubernetes/service.yaml").path("spec").path("selector"))
                .isEqualTo(labels);
        assertThat(yaml("kubernetes/disruption-budget.yaml")
                        .path("spec")
                        .path("selector")
                        .path("matchLabels"))
                .isEqualTo(labels);
    }

    @Test
    void theDashboardShowsMetricsThatExist() throws IOException {
        Set<String> shown = new TreeSet<>();
        JsonNode dashboard = new ObjectMapper().readTree(DASHBOARD.toFile());
        for (JsonNode panel : dashboard.path("panels")) {
            for (JsonNode target : panel.path("targets")) {
                Matcher name = Pattern.compile("\\bsms_[a-z_]+")
                        .matcher(target.path("expr").asText());
                while (name.find()) {
                    shown.add(name.group());
                }
            }
        }

        assertThat(shown).hasSizeGreaterThan(10).isSubsetOf(existing());
    }

    @Test
    void thePageOfTheApiTellsOfEveryMetricAndOfNoOther() throws IOException {
        Set<String> told = new TreeSet<>();
        Matcher name =
                Pattern.compile("`(sms_[a-z_]+)").matcher(Files.readString(Path.of("src/site/markdown/http-api.md")));
        while (name.find()) {
            told.add(name.group(1));
        }

        assertThat(told).isSubsetOf(existing());
        assertThat(existing())
                .allMatch(metric -> told.contains(metric)
                        || told.contains(metric + "_total")
                        || told.contains(metric.replaceAll("_total$", "")));
    }

    /** Names as Prometheus sees them, from the sources. */
    private static Set<String> existing() throws IOException {
        Set<String> names = new TreeSet<>();
        Path sources = Path.of("src/main/java/org/smsprocess");
        try (Stream<Path> files = Files.walk(sources)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                add(names, Files.readString(file));
            }
        }
        return names;
    }

    private static void add(Set<String> names, String source) {
        Matcher whole = Pattern.compile("\"(sms\\.[a-z.]*[a-z])\"").matcher(source);
        while (whole.find()) {
            names.add(whole.group(1).replace('.', '_'));
            names.add(whole.group(1).replace('.', '_') + "_total");
        }
        Matcher prefix =
                Pattern.compile("Counter\\.builder\\(\\s*\"(sms\\.[a-z]+\\.)\"").matcher(source);
        while (prefix.find()) {
            Matcher kind = Pattern.compile("(?m)^\\s+([A-Z_]+)\\(\"").matcher(source);
            while (kind.find()) {
                names.add(prefix.group(1).replace('.', '_') + kind.group(1).toLowerCase(Locale.ROOT) + "_total");
            }
        }
    }

    @Test
    void theServiceIsStartedAgainAndGivenTimeToDrain() throws IOException {
        assertThat(text("systemd/sms-process.service"))
                .contains("Restart=on-failure", "KillMode=mixed", "TimeoutStopSec=90s", "NoNewPrivileges=yes")
                .contains("ProtectSystem=strict", "SystemCallFilter=@system-service")
                .doesNotContain("MemoryDenyWriteExecute"); // the JVM compiles
    }
}
