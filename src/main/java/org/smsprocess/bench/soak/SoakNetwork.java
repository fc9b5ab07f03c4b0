// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.bench.soak;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.smsprocess.bench.plant.BenchFailure;
import org.smsprocess.bench.plant.NodeProcess;
import org.smsprocess.bench.plant.Workbench;

/**
 * Where several nodes run: on addresses of loopback of their own, or, for partitions, each in a network namespace of its own, with the
 * others on one bridge. Namespaces are Linux's, and want root and the command {@code ip}.
 *
 * <p>A node is cut off from another one by a wrong hardware address in the neighbour tables of both: packets are sent and arrive nowhere,
 * and nobody is told.
 */
public final class SoakNetwork implements AutoCloseable {
    private static final int CLUSTER_PORT = 7355;
    private static final String NOWHERE = "02:00:00:00:00:01";

    private final int nodes;
    private final String id = Long.toString(ProcessHandle.current().pid() % 100_000);
    /** 198.18.0.0/15 is for benchmarks alone (RFC 2544). */
    private final String net = "198.18." + ProcessHandle.current().pid() % 256 + ".";

    private final boolean isPartible;

    private SoakNetwork(int nodes, boolean isPartible) {
        this.nodes = nodes;
        this.isPartible = isPartible;
    }

    static SoakNetwork loopback(int nodes) {
        return new SoakNetwork(nodes, false);
    }

    /** @throws BenchFailure where that is not permitted */
    static SoakNetwork partible(Workbench bench, int nodes) {
        SoakNetwork network = bench.add(new SoakNetwork(nodes, true));
        network.build();
        return network;
    }

    /** @return why there can be no partitions here; empty if there can */
    public static String obstacle() {
        String name = "sms-probe-" + ProcessHandle.current().pid() % 100_000;
        try {
            run("ip", "netns", "add", name);
            run("ip", "netns", "del", name);
            return "";
        } catch (BenchFailure refused) {
            return "partitions need network namespaces (Linux, root, the command ip): " + refused.getMessage();
        }
    }

    /** @param number from 1 */
    NodeProcess.Place place(int number) {
        return isPartible
                ? new NodeProcess.Place(
                        "node" + number,
                        host(number),
                        CLUSTER_PORT,
                        hub(),
                        List.of("ip", "netns", "exec", namespace(number)))
                : new NodeProcess.Place("node" + number, host(number), freePort(host(number)), hub(), List.of());
    }

    /** Another soak may run on the same addresses. */
    private static int freePort(String host) {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(host))) {
            return socket.getLocalPort();
        } catch (IOException failed) {
            throw new BenchFailure("no free port at " + host, failed);
        }
    }

    /** Where PostgreSQL and the simulator are. */
    String hub() {
        return isPartible ? net + 1 : "127.0.0.1";
    }

    InetAddress hubAddress() {
        try {
            return InetAddress.getByName(hub());
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** From all others, and those from it; not from what is at the hub. */
    void cut(int number) {
        for (int other = 1; other <= nodes; other++) {
            if (other != number) {
                deafen(number, other);
                deafen(other, number);
            }
        }
    }

    void heal(int number) {
        for (int other = 1; other <= nodes; other++) {
            if (other != number) {
                in(number, "neigh", "del", host(other), "dev", "eth0");
                in(other, "neigh", "del", host(number), "dev", "eth0");
            }
        }
    }

    private void deafen(int number, int other) {
        in(number, "neigh", "replace", host(other), "lladdr", NOWHERE, "nud", "permanent", "dev", "eth0");
    }

    private void build() {
        run("ip", "link", "add", bridge(), "type", "bridge", "forward_delay", "0");
        run("ip", "addr", "add", hub() + "/24", "dev", bridge());
        run("ip", "link", "set", bridge(), "up");
        for (int number = 1; number <= nodes; number++) {
            String port = "sms" + id + "-" + number;
            run("ip", "netns", "add", namespace(number));
            run("ip", "link", "add", port, "type", "veth", "peer", "name", "eth0", "netns", namespace(number));
            run("ip", "link", "set", port, "master", bridge(), "up");
            in(number, "addr", "add", host(number) + "/24", "dev", "eth0");
            in(number, "link", "set", "eth0", "up");
            in(number, "link", "set", "lo", "up");
        }
    }

    private String bridge() {
        return "smsbr" + id;
    }

    private String namespace(int number) {
        return "sms" + id + "-node" + number;
    }

    private String host(int number) {
        return isPartible ? net + (10 + number) : "127.0.0." + (10 + number);
    }

    private void in(int number, String... command) {
        List<String> words = new ArrayList<>(List.of("ip", "-n", namespace(number)));
        words.addAll(Arrays.asList(command));
        run(words.toArray(String[]::new));
    }

    private static void run(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new BenchFailure(String.join(" ", command) + ": " + said.strip());
            }
        } catch (IOException failed) {
            throw new BenchFailure(String.join(" ", command) + ": " + failed.getMessage(), failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new BenchFailure("interrupted", interrupted);
        }
    }

    /** As much of it as there is. */
    @Override
    public void close() {
        for (int number = 1; number <= nodes; number++) {
            remove("ip", "netns", "del", namespace(number)); // its end of the cable goes with it, and so the other one
        }
        remove("ip", "link", "del", bridge());
    }

    private static void remove(String... command) {
        try {
            run(command);
        } catch (BenchFailure wasNotThere) {
            // building it failed half-way
        }
    }
}
