// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.cluster;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;

/**
 * Where slots are and where they should be: each account's slots evenly over its nodes, and all slots evenly over all nodes; both differ by
 * at most 1 when nothing is left to move. An account with a limit of nodes keeps those that hold most of its slots. Not thread-safe.
 *
 * @param <N> a node
 */
final class SlotSpread<N> {
    private final Map<N, Set<String>> slots = new HashMap<>();
    private final List<N> nodes;
    private final ToIntFunction<String> maxNodes;

    /**
     * @param maxNodes of an account, 0: all
     * @param order breaks ties the same way everywhere
     */
    SlotSpread(Map<N, ? extends Iterable<String>> allocations, ToIntFunction<String> maxNodes, Comparator<N> order) {
        this.nodes = allocations.keySet().stream().sorted(order).toList();
        this.maxNodes = maxNodes;
        allocations.forEach((node, its) -> {
            Set<String> ordered = new TreeSet<>();
            its.forEach(ordered::add);
            slots.put(node, ordered);
        });
    }

    /** The node for a slot that has none. */
    N place(String slot) {
        String account = account(slot);
        return allowed(account).stream()
                .min(Comparator.<N>comparingLong(node -> held(node, account)).thenComparingInt(this::held))
                .orElseThrow();
    }

    /** @return slots that have to go from where they are; {@link #place} then finds the better node */
    Set<String> misplaced() {
        Set<String> moving = new HashSet<>();
        Set<String> accounts = new TreeSet<>();
        slots.values().forEach(its -> its.forEach(slot -> accounts.add(account(slot))));
        for (String account : accounts) {
            leaveForbidden(account, moving);
            Optional<String> next = excess(account);
            while (next.isPresent()) {
                move(next.get(), moving);
                next = excess(account);
            }
        }
        Optional<String> next = uneven(accounts);
        while (next.isPresent()) {
            move(next.get(), moving);
            next = uneven(accounts);
        }
        return moving;
    }

    private void leaveForbidden(String account, Set<String> moving) {
        List<N> allowed = allowed(account);
        for (N node : nodes) {
            if (!allowed.contains(node)) {
                of(node, account).forEach(slot -> move(slot, moving));
            }
        }
    }

    /** A slot of the account on its fullest node, if another one has at least two fewer. */
    private Optional<String> excess(String account) {
        List<N> allowed = allowed(account);
        N most = most(allowed, node -> held(node, account));
        N least = least(allowed, node -> held(node, account));
        return held(most, account) - held(least, account) > 1
                ? of(most, account).stream().findFirst()
                : Optional.empty();
    }

    /** A slot that can go from the fullest node to the emptiest one while its account stays even. */
    private Optional<String> uneven(Set<String> accounts) {
        N most = most(nodes, this::held);
        N least = least(nodes, this::held);
        if (held(most) - held(least) <= 1) {
            return Optional.empty();
        }
        return accounts.stream()
                .filter(account -> allowed(account).contains(least))
                .filter(account -> held(most, account) == held(least, account) + 1)
                .filter(account -> leastHeld(account, most) == held(least, account))
                .flatMap(account -> of(most, account).stream())
                .filter(slot -> placeWithout(slot, most).equals(least))
                .findFirst();
    }

    private long leastHeld(String account, N except) {
        return allowed(account).stream()
                .filter(node -> !node.equals(except))
                .mapToLong(node -> held(node, account))
                .min()
                .orElse(Long.MAX_VALUE);
    }

    private N placeWithout(String slot, N from) {
        slotsOf(from).remove(slot);
        N place = place(slot);
        slotsOf(from).add(slot);
        return place;
    }

    private void move(String slot, Set<String> moving) {
        slots.values().forEach(its -> its.remove(slot));
        slotsOf(place(slot)).add(slot);
        moving.add(slot);
    }

    /** Nodes that may hold slots of the account: those that hold most of them now. */
    private List<N> allowed(String account) {
        int most = maxNodes.applyAsInt(account);
        if (most == 0 || most >= nodes.size()) {
            return nodes;
        }
        return nodes.stream()
                .sorted(Comparator.<N>comparingLong(node -> -held(node, account))
                        .thenComparingInt(this::held))
                .limit(most)
                .toList();
    }

    private N most(List<N> of, ToLongFunction<N> count) {
        return of.stream().max(Comparator.comparingLong(count)).orElseThrow();
    }

    private N least(List<N> of, ToLongFunction<N> count) {
        return of.stream().min(Comparator.comparingLong(count)).orElseThrow();
    }

    private int held(N node) {
        return slotsOf(node).size();
    }

    private long held(N node, String account) {
        return slotsOf(node).stream()
                .filter(slot -> account(slot).equals(account))
                .count();
    }

    private List<String> of(N node, String account) {
        return new ArrayList<>(slotsOf(node).stream()
                .filter(slot -> account(slot).equals(account))
                .toList());
    }

    private static String account(String slot) {
        int end = slot.indexOf('/');
        return end < 0 ? slot : slot.substring(0, end);
    }

    private Set<String> slotsOf(N node) {
        Set<String> its = slots.get(node);
        if (its == null) {
            throw new IllegalArgumentException(node + " is not one of the nodes " + nodes);
        }
        return its;
    }
}
