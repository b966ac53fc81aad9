#!/bin/sh
# Runs a container's command, in mount and pid namespaces of its own, with a read-only root that holds the image and the container's mounts.
#   container.sh ROOT UID GID GROUP [SOURCE TARGET ro|rw]... -- COMMAND...
# ROOT is an empty folder; UID, GID and GROUP are those of the process. Needs root; the caller gives the environment.
set -eu
root=$1 uid=$2 gid=$3 group=$4
shift 4

mount -t tmpfs -o mode=755 tmpfs "$root"
mkdir -p "$root/etc" "$root/proc" "$root/dev" "$root/usr" "$root/home/node"
for folder in bin lib lib64 sbin; do ln -s "usr/$folder" "$root/$folder"; done
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
mount --bind /usr "$root/usr"
mount -o remount,bind,ro "$root/usr"
echo "node:x:$uid:$gid::/home/node:/bin/sh" >"$root/etc/passwd"
echo "node:x:$gid:" >"$root/etc/group"
echo '127.0.0.1 localhost' >"$root/etc/hosts"
echo 'nameserver 127.0.0.1' >"$root/etc/resolv.conf"

while [ "$1" != -- ]; do
  if [ -d "$1" ]; then mkdir -p "$root$2"; else mkdir -p "$root$(dirname "$2")" && touch "$root$2"; fi
  mount --bind "$1" "$root$2"
  if [ "$3" = ro ]; then mount -o remount,bind,ro "$root$2"; fi
  shift 3
done
shift
mount -o remount,ro "$root"
exec chroot "$root" setpriv --reuid "$uid" --regid "$gid" --groups "$group" --inh-caps=-all --bounding-set=-all --no-new-privs -- "$@"
