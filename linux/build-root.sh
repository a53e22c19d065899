#!/bin/sh
# Makes the machine's root file system from Debian's packages. Needs root.
#
#     build-root.sh RECIPE TARBALL SITE_PACKAGES DISC
#
# RECIPE is this folder, TARBALL what mmdebstrap made, SITE_PACKAGES the unpacked Python packages, DISC the file to write.
set -eu
recipe=$1 tarball=$2 site_packages=$3 disc=$4

root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
tar --extract --preserve-permissions --file "$tarball" --directory "$root"

# Flask and the servers, as published on PyPI; byte-compiled below.
mkdir -p "$root/usr/local/lib/python3.11/dist-packages" "$root/usr/local/bin" "$root/usr/lib/two-servers"
cp -r "$site_packages/lib/." "$root/usr/local/lib/python3.11/dist-packages"
cp -r "$site_packages/bin/." "$root/usr/local/bin"
ln -s /usr/bin/python3 "$root/usr/local/bin/python"

# Ours.
cp -r "$recipe/overlay/." "$root"
cp "$recipe"/guest/*.py "$root/usr/lib/two-servers"
compile="gcc -m32 -Os -fPIC -shared -nostdlib -fno-builtin -fno-stack-protector -fno-asynchronous-unwind-tables -Wl,--build-id=none -Wl,--hash-style=gnu -s"
$compile -o "$root/usr/lib/two-servers/accepted.so" "$recipe/guest/accepted.c"

# Before perl goes: what needs the guest's own programs.
mv "$root/etc/ld.so.preload" "$root/etc/ld.so.preload.later"
cd "$root"
while read -r pattern; do
  case $pattern in '' | '#'*) continue ;; esac
  # shellcheck disable=SC2086 # the patterns are to be expanded
  rm -rf ./$pattern
done <"$recipe/left-out.txt"
find usr/share/doc -type f ! -name copyright -delete
find usr/share/doc -type d -empty -delete
find . -name __pycache__ -type d -prune -exec rm -rf {} +
$compile -Wl,-soname,libicudata.so.72 -o usr/lib/i386-linux-gnu/libicudata.so.72 "$recipe/guest/icudata.c"
chroot . ldconfig
rm usr/sbin/ldconfig
# The only editor.
ln -s busybox usr/bin/vi
# Against the content of the source, and never checked: a page has no other source.
chroot . python3 -m compileall -q --invalidation-mode unchecked-hash /usr/lib/python3.11 /usr/lib/python3 /usr/lib/two-servers /usr/local/lib/python3.11/dist-packages || true

# What starts, and what does not: no terminals, no timers.
mkdir -p etc/systemd/system/multi-user.target.wants
rm -f etc/systemd/system/multi-user.target.wants/* etc/systemd/system/timers.target.wants/* etc/systemd/system/getty.target.wants/* etc/systemd/system/sysinit.target.wants/*
ln -s /etc/systemd/system/two-servers-agent.service etc/systemd/system/multi-user.target.wants/
for unit in getty.target systemd-logind.service systemd-udevd.service systemd-udev-trigger.service systemd-udev-settle.service systemd-timesyncd.service \
  systemd-networkd.service systemd-resolved.service systemd-hwdb-update.service systemd-journal-catalog-update.service systemd-journal-flush.service \
  systemd-update-utmp.service systemd-update-utmp-runlevel.service systemd-firstboot.service systemd-machine-id-commit.service \
  dev-hugepages.mount dev-mqueue.mount sys-kernel-debug.mount sys-kernel-tracing.mount sys-fs-fuse-connections.mount proc-sys-fs-binfmt_misc.automount \
  systemd-user-sessions.service modprobe@.service modprobe@configfs.service modprobe@dm_mod.service modprobe@loop.service modprobe@fuse.service modprobe@efi_pstore.service modprobe@drm.service systemd-modules-load.service systemd-random-seed.service systemd-sysusers.service systemd-remount-fs.service systemd-ask-password-wall.path systemd-ask-password-console.path serial-getty@ttyS0.service; do
  ln -sf /dev/null "etc/systemd/system/$unit"
done
ln -sf /usr/lib/systemd/system/multi-user.target etc/systemd/system/default.target
ln -sf /usr/share/zoneinfo/UTC etc/localtime
echo localhost >etc/hostname
echo '127.0.0.1 localhost' >etc/hosts
echo 0123456789abcdef0123456789abcdef >etc/machine-id
rm -f etc/resolv.conf etc/initrd-release etc/fstab
touch etc/fstab
mkdir -p etc/systemd/journald.conf.d
printf '[Journal]\nStorage=volatile\nRuntimeMaxUse=8M\nForwardToConsole=no\n' >etc/systemd/journald.conf.d/machine.conf
# Where the disc is once memory lies over it.
mkdir lower
mv etc/ld.so.preload.later etc/ld.so.preload
rm -rf dev/* run/* tmp/* proc/* sys/*
mknod -m 600 dev/console c 5 1
find . -exec touch --no-dereference --date=2026-01-01T00:00:00Z {} +
du -sm . | sed 's/\t.*/ MB unpacked/'
# With some room for what a file system keeps of its own. Nothing of it depends on when it is made.
blocks=$(($(du -sk . | cut -f1) * 27 / 100))
inodes=$(($(find . | wc -l) + 200))
cd /
rm -f "$disc"
E2FSPROGS_FAKE_TIME=1767225600 mke2fs -q -t ext2 -b 4096 -m 0 -N "$inodes" -O ^resize_inode,^dir_index \
  -U 5d1f5a0e-0000-4000-8000-000000000001 -E hash_seed=5d1f5a0e-0000-4000-8000-000000000001 -d "$root" "$disc" "$blocks"
