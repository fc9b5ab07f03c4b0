// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.SerializationExtension;
import org.apache.pekko.serialization.SerializerWithStringManifest;
import org.apache.pekko.serialization.Serializers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.smsprocess.connection.Slot;
import org.smsprocess.message.CborSerializable;
import org.smsprocess.mo.MoSamples;
import org.smsprocess.mo.MoSerializer;
import org.smsprocess.sr.SrSamples;
import org.smsprocess.sr.SrSerializer;

/**
 * What each released version wrote into journals and sent to other nodes, {@code serialized/<version>/<serializer>/<manifest>.hex}, is
 * understood by this one. {@code -Dserialized.samples=write} writes those of the version in pom.xml.
 */
class SerializedSamplesTest {
    private static final Path FOLDER = Path.of("src/test/resources/serialized");
    private static final String OTHER_NODE = "pekko://sms-process@10.0.0.1:7355/user/asks#17";
    private static final ActorTestKit KIT =
            ActorTestKit.create("sms-process", ConfigFactory.parseString("""
                    pekko.actor.provider = cluster
                    pekko.remote.artery.canonical { hostname = "127.0.0.1", port = 0 }
                    pekko.cluster.jmx.enabled = off
                    pekko.actor.serialization-bindings { "org.smsprocess.message.CborSerializable" = jackson-cbor }""").withFallback(ConfigFactory.load()));
    private static final Serialization SERIALIZATION = SerializationExtension.get(Adapter.toClassic(KIT.system()));
    private static final HexFormat HEX = HexFormat.of();

    /** By serializer and manifest. */
    private static final Map<String, Object> OBJECTS = objects();

    private static Map<String, Object> objects() {
        ActorRefResolver refs = ActorRefResolver.get(KIT.system());
        Map<String, Object> objects = new HashMap<>();
        SrSamples.all(refs, OTHER_NODE).forEach((manifest, object) -> objects.put("sr/" + manifest, object));
        MoSamples.all(refs, OTHER_NODE).forEach((manifest, object) -> objects.put("mo/" + manifest, object));
        for (Object object :
                List.of(Slot.EnsureRunning.INSTANCE, Slot.Stop.INSTANCE, new SlotCalls.Call("north/0/3"))) {
            objects.put("cbor/" + manifest(object), object);
        }
        return objects;
    }

    static Stream<Path> samples() throws IOException {
        if ("write".equals(System.getProperty("serialized.samples"))) {
            write();
        }
        try (Stream<Path> files = Files.walk(FOLDER)) {
            return files.filter(Files::isRegularFile).sorted().toList().stream();
        }
    }

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void isUnderstood(Path sample) throws IOException {
        String name =
                FOLDER.relativize(sample).toString().replaceFirst("^[^/]+/", "").replaceFirst("\\.hex$", "");
        Object meant = OBJECTS.get(name);
        assertThat(meant).as("object of %s", name).isNotNull();

        Object read = serializer(meant)
                .fromBinary(HEX.parseHex(Files.readString(sample).strip()), manifest(meant));

        assertThat(read).hasSameClassAs(meant);
        assertThat(hex(read)).isEqualTo(hex(meant)); // not all have equals
    }

    @Test
    void everyManifestOfThisVersionHasASample() throws Exception {
        Set<String> manifests = new TreeSet<>();
        ExtendedActorSystem system = (ExtendedActorSystem) Adapter.toClassic(KIT.system());
        new SrSerializer(system).manifests().forEach(manifest -> manifests.add("sr/" + manifest));
        new MoSerializer(system).manifests().forEach(manifest -> manifests.add("mo/" + manifest));
        for (JavaClass type : new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("org.smsprocess")) {
            if (type.isAssignableTo(CborSerializable.class) && !type.isInterface()) {
                manifests.add("cbor/" + type.getName());
            }
        }
        assertThat(OBJECTS.keySet()).isEqualTo(manifests);

        Path folder = FOLDER.resolve(version());
        for (String manifest : manifests) {
            assertThat(folder.resolve(manifest + ".hex")).exists();
        }
    }

    private static void write() throws IOException {
        for (Map.Entry<String, Object> object : OBJECTS.entrySet()) {
            Path file = FOLDER.resolve(version()).resolve(object.getKey() + ".hex");
            Files.createDirectories(file.getParent());
            Files.writeString(file, hex(object.getValue()) + "\n");
        }
    }

    /** Of the project, which comes after its artifactId. */
    private static String version() throws IOException {
        Matcher version = Pattern.compile("<artifactId>sms-process</artifactId>\\s*<version>([^<]+)</version>")
                .matcher(Files.readString(Path.of("pom.xml")));
        assertThat(version.find()).isTrue();
        return version.group(1).replace("-SNAPSHOT", "");
    }

    private static SerializerWithStringManifest serializer(Object object) {
        return (SerializerWithStringManifest) SERIALIZATION.findSerializerFor(object);
    }

    private static String manifest(Object object) {
        return Serializers.manifestFor(SERIALIZATION.findSerializerFor(object), object);
    }

    private static String hex(Object object) {
        return HEX.formatHex(SERIALIZATION.serialize(object).get());
    }
}
