#!/bin/sh
# Runs a command in pid, mount and network namespaces of its own: nothing outside can be reached, and of what it starts nothing is left when it
# ends. Needs root and iproute2.
set -eu
if [ "${1-}" != --inside ]; then exec unshare --mount --net --pid --fork --kill-child --mount-proc --propagation private "$0" --inside "$@"; fi
shift
# where programs of a cluster write whatever they are told
for folder in /run/netns /run/containerd /var/lib/cni /var/lib/kubelet /var/log/containers; do
  mkdir -p "$folder"
  mount -t tmpfs tmpfs "$folder"
done
ip link set lo up
exec "$@"
