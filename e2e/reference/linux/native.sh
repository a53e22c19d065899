# Runs a lab's production side from the machine's own disc, with this computer's kernel and processor, in namespaces of its own: nothing is installed,
# and what is written is gone afterwards. Its shell lines are files: FOLDER/ready, FOLDER/0.sh, FOLDER/1.sh …; what they print goes to FOLDER/0.out …
#
#     unshare --net --pid --fork --mount sh native.sh DISC LAB FOLDER COMMAND
set -e
disc=$1 lab=$2 folder=$3 command=$4
mount -t tmpfs tmpfs "$folder/machine"
root=$folder/machine/root
mkdir "$root"
debugfs -R "rdump / $root" "$disc" 2>/dev/null
# It only tells the page who accepted a connection.
rm "$root/etc/ld.so.preload"
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
chroot "$root" ip link set lo up
mkdir -p "$root/home/student"
cp -r "$lab/." "$root/home/student"
mkdir "$root/tmp/course"
cp "$folder/ready" "$folder"/*.sh "$root/tmp/course"
within() {
  env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/home/student USER=root LANG=C.UTF-8 TERM=xterm-256color \
    chroot "$root" sh -c "cd /home/student; $1"
}
set +e
within "exec $command" >"$folder/server.out" 2>&1 &
within "sh /tmp/course/ready"
for script in $(cd "$folder" && ls ./*.sh | sort -V); do
  within "sh /tmp/course/$script" >"$folder/${script%.sh}.out" 2>&1
done
exit 0
