// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.serial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.NotSerializableException;
import java.util.List;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class FormSerializerTest {
    private static final ActorTestKit KIT = ActorTestKit.create();
    private static final ExtendedActorSystem SYSTEM = (ExtendedActorSystem) Adapter.toClassic(KIT.system());
    private static final Form<Long> NUMBER = new Form<>(
            "N",
            Long.class,
            number -> new CompactWriter(1).number(number).toOctets(),
            octets -> new CompactReader(octets).number());

    private enum Nothing {
        NOTHING
    }

    private static final class Numbers extends FormSerializer {
        Numbers(Form<?>... forms) {
            super(1, SYSTEM, refs -> List.of(forms));
        }
    }

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    @Test
    void writesByClassAndReadsByManifest() throws NotSerializableException {
        Numbers serializer = new Numbers(NUMBER, Form.empty("0", Nothing.class, Nothing.NOTHING));

        assertThat(serializer.manifests()).containsExactlyInAnyOrder("N", "0");
        assertThat(serializer.manifest(300L)).isEqualTo("N");
        assertThat(serializer.toBinary(300L)).containsExactly(0xAC, 0x02);
        assertThat(serializer.fromBinary(new byte[] {5}, "N")).isEqualTo(5L);
        assertThat(serializer.toBinary(Nothing.NOTHING)).isEmpty();
        assertThat(serializer.fromBinary(new byte[0], "0")).isEqualTo(Nothing.NOTHING);
    }

    @Test
    void namesWhatHasNoForm() {
        Numbers serializer = new Numbers(NUMBER);

        assertThatThrownBy(() -> serializer.manifest("text"))
                .hasMessage("Numbers has no form for class java.lang.String");
        assertThatThrownBy(() -> serializer.fromBinary(new byte[0], "X"))
                .isInstanceOf(NotSerializableException.class)
                .hasMessageContaining("manifest X is not known");
    }

    @Test
    void refusesTwoFormsOfOneManifestOrClass() {
        Numbers sameManifest = new Numbers(NUMBER, Form.empty("N", Nothing.class, Nothing.NOTHING));
        Numbers sameClass = new Numbers(NUMBER, Form.empty("M", Long.class, 0L));

        assertThatThrownBy(sameManifest::manifests).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(sameClass::manifests).isInstanceOf(IllegalStateException.class);
    }
}
