#!/bin/sh
# Runs a command where nothing outside can be reached, and of which nothing is left when it ends: in pid, mount and network namespaces, with
# addresses of their own for a pod, for what stands in for the providers (public ones: OpenClaw calls no provider at a loopback address), and
# for a host at which nobody answers. Needs root and iproute2.
set -eu
if [ "${1-}" != --inside ]; then exec unshare --mount --net --pid --fork --kill-child --mount-proc --propagation private "$0" --inside "$@"; fi
shift
ip link set lo up
for address in 10.244.0.5 11.0.0.1 11.0.0.2; do ip addr add "$address/32" dev lo; done
ip route add local 10.244.1.0/24 dev lo # other pods: OpenClaw takes no address of an interface of its own for a proxy's
ip link add hole type veth peer name nowhere
ip addr add 11.0.1.1/24 dev hole
ip link set hole up
ip link set nowhere up
ip neigh add 11.0.1.2 lladdr 02:00:00:00:00:02 dev hole # no peer has this address: what is sent there is lost
exec "$@"
