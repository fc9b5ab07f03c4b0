// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.serial;

import java.io.NotSerializableException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.serialization.SerializerWithStringManifest;
import org.jspecify.annotations.Nullable;

/** A serializer that is a list of {@link Form}s. The class of an object is looked up as it is, so forms are of final classes. */
public abstract class FormSerializer extends SerializerWithStringManifest {
    private final int identifier;
    private final ExtendedActorSystem system;
    private final Function<ActorRefResolver, List<Form<?>>> forms;
    private volatile @Nullable Table table;

    /** @param identifier stands beside the octets as well: no other serializer may ever have it */
    protected FormSerializer(
            int identifier, ExtendedActorSystem system, Function<ActorRefResolver, List<Form<?>>> forms) {
        this.identifier = identifier;
        this.system = system;
        this.forms = forms;
    }

    @Override
    public final int identifier() {
        return identifier;
    }

    /** @throws IllegalArgumentException if there is no form for the object's class */
    @Override
    public final String manifest(Object object) {
        return form(object).manifest();
    }

    @Override
    public final byte[] toBinary(Object object) {
        return form(object).octets(object);
    }

    @Override
    public final Object fromBinary(byte[] octets, String manifest) throws NotSerializableException {
        Form<?> form = table().byManifest().get(manifest);
        if (form == null) {
            throw new NotSerializableException("manifest " + manifest + " is not known to this version");
        }
        return form.read().apply(octets);
    }

    public final Set<String> manifests() {
        return table().byManifest().keySet();
    }

    private Form<?> form(Object object) {
        Form<?> form = table().byClass().get(object.getClass());
        if (form == null) {
            throw new IllegalArgumentException(getClass().getSimpleName() + " has no form for " + object.getClass());
        }
        return form;
    }

    /** Not in the constructor: the system is not complete when serializers are made. */
    private Table table() {
        Table made = table;
        if (made == null) {
            made = Table.of(forms.apply(ActorRefResolver.get(Adapter.toTyped(system))));
            table = made;
        }
        return made;
    }

    private record Table(Map<String, Form<?>> byManifest, Map<Class<?>, Form<?>> byClass) {
        /** @throws IllegalStateException if two forms have the same manifest or class */
        static Table of(List<Form<?>> forms) {
            return new Table(
                    forms.stream().collect(Collectors.toUnmodifiableMap(Form::manifest, form -> form)),
                    forms.stream().collect(Collectors.toUnmodifiableMap(Form::type, form -> form)));
        }
    }
}
