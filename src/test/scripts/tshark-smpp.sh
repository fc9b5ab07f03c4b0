#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# What we send as Wireshark's SMPP dissector sees it. Runs the packaged program against the bundled SMSC on loopback, with accounts of
# every kind and messages of every form, captures it, and fails if the dissector finds anything malformed or an expert warning or error in
# a PDU of ours, or if a command that should be there is not.
#
#   mvn -q package -DskipTests && src/test/scripts/tshark-smpp.sh [target/sms-process.jar]
#
# Needs tshark (with the right to capture on lo), curl and a JDK 17. Takes about a minute. KEEP=1 keeps the capture.
set -euo pipefail

jar=$(realpath "${1:-target/sms-process.jar}")
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
work=$(mktemp -d)
pids=()

finish() {
    local code=$?
    for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
    for pid in "${pids[@]}"; do wait "$pid" 2>/dev/null || true; done
    if [ "${KEEP:-0}" = 1 ]; then echo "kept: $work"; else rm -rf "$work"; fi
    exit "$code"
}
trap finish EXIT

free_port() { # a port that nobody has at this moment
    local port
    while port=$((20000 + RANDOM % 10000)); do
        if ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then echo "$port"; return; fi
    done
}

all_alive() { local pid; for pid in "${pids[@]}"; do kill -0 "$pid" 2>/dev/null || return 1; done; }

wait_for() { # what, seconds, command…
    local what=$1 until=$((SECONDS + $2)); shift 2
    until "$@" >/dev/null 2>&1; do
        if [ "$SECONDS" -ge "$until" ] || ! all_alive; then echo "gave up waiting for $what"; tail -n 20 "$work"/*.log; exit 1; fi
        sleep 0.5
    done
}

smpp=$(free_port) control=$(free_port) api=$(free_port)

cat > "$work/simulator.conf" <<CONF
sms-process-simulator {
  port = $smpp, http-port = $control
  bind.enquire-link-period = 3s
  sr { delay = 15s, jitter = 0s, form = both }
  rules = [{ destination-suffix = "99", submit-status = 11 }]
}
CONF
account() { echo "$1 { host = \"127.0.0.1\", port = $smpp, system-id = $1, password = secret99, enquire-link-period = 2s, $2 }"; }
cat > "$work/node.conf" <<CONF
sms-process {
  data-dir = "$work/data"
  http.port = $api
  requests.period = 200ms
  accounts {
    $(account udh 'system-type = "SMPP", bind-ton = 1, bind-npi = 1, address-range = "^1234", cancel-sm = true')
    $(account udh16 'long-message = udh-16, mode = transmitter-receiver, destination-ton = 1, destination-npi = 1')
    $(account sar 'long-message = sar, service-type = "CMT", sr.user-message-reference = true')
    $(account payload 'long-message = message-payload, service-id-tag = 0x1401')
    $(account national 'encodings = [{ data-coding = 0, charset = GSM-TR }, { data-coding = 8, charset = UCS-2 }]')
    $(account packed 'encodings = [{ data-coding = 0, charset = GSM-packed }, { data-coding = 3, charset = LATIN-1 }]')
    $(account query 'query-sm { enabled = true, after = 1s, again-after = 1s }')
  }
}
CONF

"$java" -jar "$jar" simulator --config "$work/simulator.conf" > "$work/simulator.log" 2>&1 & pids+=($!)
tshark -q -i lo -f "tcp port $smpp" -w "$work/smpp.pcapng" > "$work/tshark.log" 2>&1 & capture=$!; pids+=($capture)
wait_for "the simulator" 120 curl -sf "http://127.0.0.1:$control/stats"
wait_for "tshark" 60 grep -q Capturing "$work/tshark.log"
"$java" -jar "$jar" node --config "$work/node.conf" > "$work/node.log" 2>&1 & node=$!; pids+=($node)
wait_for "the node" 120 curl -sf "http://127.0.0.1:$api/health/ready"
all_bound() { [ "$(curl -sf "http://127.0.0.1:$api/api/v1/connections" | grep -o '"state":"bound"' | wc -l)" -eq 7 ]; }
wait_for "the binds" 60 all_bound

post() { curl -sf "http://127.0.0.1:$api$1" -H 'content-type: application/json' -d "$2"; echo; }
long=$(printf 'Grüße {€} [ok] %.0s' $(seq 30))
wide=$(printf 'Привет, мир 😀 %.0s' $(seq 20))
n=0
for account in udh udh16 sar payload national packed query; do
    for text in "Hello @ \u0394 {€}" "$long" "Iğdır ışık şeker çağ" "$wide"; do
        n=$((n + 1))
        post /api/v1/messages "{\"account\":\"$account\",\"sender\":\"ME@ACME\",\"priority\":$((n % 4)),
            \"messages\":[{\"to\":\"+3460000$((1000 + n))\",\"text\":\"$text\"},{\"to\":\"+3460000$((1000 + n))99\",\"text\":\"x\"}]}" > /dev/null
    done
done
post /api/v1/messages '{"account":"udh","sender":"+34911234567","transmissionMode":"flash","validity":"PT1H","messages":[{"to":"34600000010","text":"flash"}]}' > /dev/null
post /api/v1/messages '{"account":"udh","sender":"1234","validity":"2099-01-31T09:00:00Z","messages":[{"to":"34600000011","text":"until"}],
    "tlvs":[{"label":"a","tag":"0x1400","value":"vendor","format":"ascii"},{"label":"b","tag":"0x1402","value":"-2","format":"int32"}]}' > /dev/null
post /api/v1/messages '{"account":"payload","serviceId":"campaign","messages":[{"to":"34600000012","text":"service"}]}' > /dev/null
id=$(post /api/v1/messages '{"account":"udh","sender":"1234","messages":[{"to":"34600000013","text":"to be cancelled"}]}' | sed 's/.*"ids":\[\([0-9]*\).*/\1/')
is_sent() { curl -sf "http://127.0.0.1:$api/api/v1/messages/$id" | grep -q '"status":"sent"'; }
wait_for "the message to be cancelled" 60 is_sent
post "/api/v1/messages/$id/cancel" '' > /dev/null
curl -sf "http://127.0.0.1:$control/mo" -d '{"from":"34600000014","to":"1234","text":"stop"}' > /dev/null
sleep 18 # SR after 15 s, enquire_link of both sides meanwhile
kill -TERM "$node"; wait "$node" || true
sleep 1
kill -INT "$capture"; wait "$capture" || true

dissect() { tshark -r "$work/smpp.pcapng" -d "tcp.port==$smpp,smpp" "$@" 2> "$work/dissect.log"; }
ours="smpp && tcp.dstport == $smpp"

echo "PDUs of ours, by command_id:"
dissect -Y "$ours" -T fields -e smpp.command_id | tr ',' '\n' | sort | uniq -c
failed=0
for command in 0x00000001 0x00000002 0x00000003 0x00000004 0x00000006 0x00000008 0x00000009 0x00000015 0x80000005 0x80000015; do
    dissect -Y "$ours && smpp.command_id == $command" | grep -q . || { echo "no $command was sent"; failed=1; }
done
# 0x600000: warning, 0x800000: error
bad=$(dissect -Y "$ours && (_ws.malformed || _ws.short || _ws.unreassembled || _ws.expert.severity >= 0x600000)" -V)
if [ -n "$bad" ]; then echo "$bad" | head -n 200; failed=1; fi
rest=$(dissect -Y "tcp.dstport == $smpp && tcp.len > 0 && !smpp && !tcp.reassembled_in && !tcp.segment_data" | head -n 5)
if [ -n "$rest" ]; then echo "octets that are no SMPP:"; echo "$rest"; failed=1; fi
[ "$failed" = 0 ] && echo "nothing malformed, no expert warning or error"
exit "$failed"
