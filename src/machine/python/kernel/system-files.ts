/**
 * What a host has in `/etc`, by path: who there is, and what the host is called. The accounts are those of
 * `posix/pwd.py` and `posix/grp.py`.
 */
export function systemFiles(hostName: string): ReadonlyMap<string, string> {
  return new Map([
    ["/etc/passwd", "root:x:0:0:root:/root:/bin/sh\nstudent:x:1000:1000:student:/home/student:/bin/sh\n"],
    ["/etc/group", "root:x:0:\nstudent:x:1000:\n"],
    // What pip installs comes with its byte code (see posix/archive.py).
    [
      "/etc/pip.conf",
      "[global]\nindex-url = file:///usr/share/python-wheels/simple\ndisable-pip-version-check = true\n" +
        "no-cache-dir = true\nprogress-bar = off\n[install]\nno-compile = true\n",
    ],
    ["/etc/timezone", `${Intl.DateTimeFormat().resolvedOptions().timeZone}\n`],
    ["/etc/hostname", `${hostName}\n`],
    ["/etc/hosts", `127.0.0.1\tlocalhost\n127.0.1.1\t${hostName}\n`],
  ]);
}
