# Runs a lab's production side with this computer's own nginx and uWSGI, in namespaces of its own, where ports 80 and 443 are free and
# /home/student is empty. Its shell lines are files: FOLDER/ready, FOLDER/0.sh, FOLDER/1.sh …; what they print goes to FOLDER/0.out …
#
#     unshare --net --pid --fork --mount-proc --mount sh native.sh LAB FOLDER COMMAND
lab=$1 folder=$2 command=$3
ip link set lo up
mount -t tmpfs tmpfs /home
mkdir /home/student
mount -t tmpfs tmpfs /var/log/nginx
mkdir "$folder/mounts"
mount -t tmpfs tmpfs "$folder/mounts"
mkdir "$folder/mounts/upper" "$folder/mounts/work"
mount -t overlay overlay -o "lowerdir=/etc/nginx,upperdir=$folder/mounts/upper,workdir=$folder/mounts/work" /etc/nginx
cp -r "$lab/." /home/student
cd /home/student || exit 1
sh -c "exec $command" >"$folder/server.out" 2>&1 &
sh "$folder/ready"
wc -c <"$folder/server.out" >"$folder/before"
for script in $(ls "$folder" | grep '^[0-9]*\.sh$' | sort -n); do
  sh "$folder/$script" >"$folder/${script%.sh}.out" 2>&1
done
