// SPDX-License-Identifier: Apache-2.0
package org.smsprocess;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.ReferencedClassObject;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.pekko.actor.typed.Behavior;

/** The vocabulary of {@link ArchitectureTest}. */
final class Actors {
    /** A class with {@code static Behavior<…> create(…)}. */
    static final DescribedPredicate<JavaClass> AN_ACTOR = DescribedPredicate.describe(
            "are typed actors",
            type -> type.getMethods().stream()
                    .anyMatch(method -> method.getName().equals("create")
                            && method.getModifiers().contains(JavaModifier.STATIC)
                            && method.getRawReturnType().isAssignableTo(Behavior.class)));

    static final ArchCondition<JavaClass> HAVE_PRIVATE_CONSTRUCTORS = new ArchCondition<>("have private constructors") {
        @Override
        public void check(JavaClass actor, ConditionEvents events) {
            for (JavaConstructor constructor : actor.getConstructors()) {
                if (!constructor.getModifiers().contains(JavaModifier.PRIVATE)) {
                    events.add(SimpleConditionEvent.violated(constructor, constructor.getDescription() + " is a door"));
                }
            }
        }
    };

    /** A class literal in the actor's file, which is what {@code onMessage(X.class, …)} leaves behind. */
    static final ArchCondition<JavaClass> NAME_EVERY_COMMAND = new ArchCondition<>("name every command in a builder") {
        @Override
        public void check(JavaClass actor, ConditionEvents events) {
            Set<String> named = actor.getReferencedClassObjects().stream()
                    .map(ReferencedClassObject::getRawType)
                    .map(JavaClass::getName)
                    .collect(Collectors.toSet());
            actor.getPackage().getClassesInPackageTree().stream()
                    .filter(type -> type.getName().startsWith(actor.getName() + "$"))
                    .filter(type -> type.getSimpleName().equals("Command") && type.isInterface())
                    .flatMap(protocol -> protocol.getAllSubclasses().stream())
                    .filter(command -> !command.isInterface() && !named.contains(command.getName()))
                    .forEach(command -> events.add(
                            SimpleConditionEvent.violated(command, command.getName() + " is handled in no state")));
        }
    };

    static final ArchCondition<JavaField> NOT_BE_ARRAYS = new ArchCondition<>("not be arrays") {
        @Override
        public void check(JavaField field, ConditionEvents events) {
            if (field.getRawType().isArray() && !field.getModifiers().contains(JavaModifier.STATIC)) {
                events.add(SimpleConditionEvent.violated(field, field.getDescription() + " is compared by identity"));
            }
        }
    };

    private Actors() {}
}
