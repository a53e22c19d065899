import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { settled } from "../../../../testing/virtual-clock.ts";
import { SyscallError } from "../errno.ts";
import type { FileChange, Inode } from "../protocol.ts";
import { decoded, encoded, ScriptedComputer } from "../testing/computer.ts";
import { Files } from "./files.ts";

const pid = 7;

function tree(largest = 1000) {
  let now = 1000;
  const heard: FileChange[] = [];
  const files = new Files(
    largest,
    () => now,
    (change) => heard.push(change),
  );
  let inode = 1e8;
  const create = (path: string, content = "", type: "file" | "directory" = "file"): Inode => {
    inode += 1;
    files.apply({ kind: "create", inode, path, type, mode: 0o644, time: now }, pid);
    if (content !== "") files.apply({ kind: "write", inode, position: 0, bytes: encoded(content), time: now }, pid);
    return inode;
  };
  const tick = () => {
    now += 1000;
    return now;
  };
  return { files, heard, create, tick, now: () => now };
}

function errnoOf(act: () => void): string {
  try {
    act();
  } catch (error) {
    return error instanceof SyscallError ? error.errno : String(error);
  }
  return "none";
}

describe("files", () => {
  test("hold what was written, wherever it was written", () => {
    const { files, create } = tree();
    const inode = create("/a", "hello");
    files.apply({ kind: "write", inode, position: "end", bytes: encoded(" world"), time: 1 }, pid);
    files.apply({ kind: "write", inode, position: 0, bytes: encoded("J"), time: 1 }, pid);
    files.apply({ kind: "write", inode, position: 13, bytes: encoded("!"), time: 1 }, pid);
    expect(decoded(files.read("/a"))).toBe("Jello world\0\0!");
    files.apply({ kind: "truncate", inode, size: 2, time: 1 }, pid);
    files.apply({ kind: "truncate", inode, size: 4, time: 1 }, pid);
    expect(decoded(files.read("/a"))).toBe("Je\0\0");
  });

  test("have times and modes", () => {
    const { files, create, tick } = tree();
    const inode = create("/a");
    files.apply({ kind: "write", inode, position: 0, bytes: encoded("x"), time: tick() }, pid);
    const entry = () => files.entries().find((one) => one.inode === inode);
    expect(entry()).toMatchObject({ mode: 0o644, mtime: 2000, atime: 1000 });
    files.apply({ kind: "attributes", inode, mode: 0o600, mtime: 5, atime: 6 }, pid);
    expect(entry()).toMatchObject({ mode: 0o600, mtime: 5, atime: 6 });
  });

  test("have several names, and stay as long as one is left", () => {
    const { files, create, heard } = tree(10);
    const link = (from: string, to: string) => files.apply({ kind: "link", from, to, time: 1 }, pid);
    const inode = create("/a", "12345");
    create("/dir", "", "directory");
    link("/a", "/dir/b");
    expect(heard.at(-1)).toEqual({ kind: "link", from: "/a", to: "/dir/b", time: 1 });
    expect([files.status("/a")?.links, files.status("/dir/b")?.inode]).toEqual([2, inode]);
    for (const [from, to, errno] of [
      ["/a", "/dir/b", "EEXIST"],
      ["/none", "/c", "ENOENT"],
      ["/a", "/none/c", "ENOENT"],
      ["/dir", "/c", "EPERM"],
    ] as const) {
      expect(errnoOf(() => link(from, to))).toBe(errno);
    }
    files.apply({ kind: "rename", from: "/dir/b", to: "/dir/c", time: 1 }, pid);
    const copy = new Files(
      10,
      () => 0,
      () => {},
    );
    copy.fill(files.entries());
    expect([copy.status("/dir/c")?.inode, copy.status("/a")?.links]).toEqual([inode, 2]);
    files.apply({ kind: "unlink", path: "/a", time: 1 }, pid);
    expect([decoded(files.read("/dir/c")), files.pathOf(inode), files.status("/dir/c")?.links]).toEqual([
      "12345",
      "/dir/c",
      1,
    ]);
    expect(errnoOf(() => create("/large", "123456"))).toBe("ENOSPC");
    files.apply({ kind: "rename", from: "/large", to: "/dir/c", time: 1 }, pid);
    expect(files.has(inode)).toBe(false);
    create("/all", "1234567890");
  });

  test("are listed in their folders, sorted", () => {
    const { files, create } = tree();
    create("/dir", "", "directory");
    create("/dir/sub", "", "directory");
    create("/dir/z");
    create("/dir/sub/a");
    create("/other");
    expect(files.list("/dir")).toEqual(["/dir/sub/a", "/dir/z"]);
    expect(files.list("/")).toEqual(["/dir/sub/a", "/dir/z", "/other"]);
    expect(errnoOf(() => files.list("/other"))).toBe("ENOTDIR");
    expect(errnoOf(() => files.list("/none"))).toBe("ENOENT");
  });

  test("cannot stand below a file, or where there is no folder, or where something stands", () => {
    const { create } = tree();
    create("/a");
    expect(errnoOf(() => create("/a/b"))).toBe("ENOTDIR");
    expect(errnoOf(() => create("/x/b"))).toBe("ENOENT");
    expect(errnoOf(() => create("/a", "", "directory"))).toBe("EEXIST");
    expect(errnoOf(() => create(`/${"n".repeat(256)}`))).toBe("ENAMETOOLONG");
  });

  test("created by two at once are one file", () => {
    const { files, create, heard } = tree();
    const first = create("/log", "one");
    expect(errnoOf(() => create("/log"))).toBe("EEXIST");
    const second = first + 1;
    files.apply({ kind: "write", inode: second, position: "end", bytes: encoded(" two"), time: 1 }, 8);
    expect(decoded(files.read("/log"))).toBe("one two");
    expect(heard.at(-1)).toMatchObject({ kind: "write", inode: first });
    expect(files.open(second)).toBe(first);
  });

  test("are created exclusively by one", () => {
    const { files } = tree();
    files.createExclusive("/lock", 0o600, 1e8, pid);
    expect(errnoOf(() => files.createExclusive("/lock", 0o600, 2e8, 8))).toBe("EEXIST");
    expect(errnoOf(() => files.apply({ kind: "truncate", inode: 2e8, size: 1, time: 1 }, 8))).toBe("ENOENT");
  });

  test("live on unlinked until the last description is closed", () => {
    const { files, create } = tree(10);
    const inode = create("/tmpfile", "12345678");
    files.open(inode);
    files.open(inode);
    files.apply({ kind: "unlink", path: "/tmpfile", time: 1 }, pid);
    expect(errnoOf(() => files.read("/tmpfile"))).toBe("ENOENT");
    files.apply({ kind: "attributes", inode, mtime: 99 }, pid);
    expect(files.entries().find((one) => one.inode === inode)).toMatchObject({
      mtime: 99,
      content: encoded("12345678"),
    });
    expect(files.entries().find((one) => one.inode === inode)?.path).toBeUndefined();
    files.close(inode, {});
    expect(errnoOf(() => create("/b", "1234"))).toBe("ENOSPC");
    files.close(inode, {});
    expect(errnoOf(() => create("/c", "1234"))).toBe("none");
    expect(errnoOf(() => files.open(inode))).toBe("ENOENT");
  });

  test("fill the disk", () => {
    const { files, create } = tree(10);
    const inode = create("/a", "12345");
    const write = (at: number) => () =>
      files.apply({ kind: "write", inode, position: at, bytes: encoded("123456"), time: 1 }, pid);
    expect(errnoOf(write(5))).toBe("ENOSPC");
    expect(decoded(files.read("/a"))).toBe("12345");
    expect(errnoOf(write(4))).toBe("none");
    expect(errnoOf(() => files.writeWhole("/b", encoded("x")))).toBe("ENOSPC");
    expect(errnoOf(() => files.writeWhole("/a", encoded("abcdefghij")))).toBe("none");
    files.remove("/a");
    expect(errnoOf(() => files.writeWhole("/b", encoded("abcdefghij")))).toBe("none");
  });

  test("can be renamed over others, folders only over empty ones and never into themselves", () => {
    const { files, create } = tree();
    create("/a", "A");
    create("/b", "B");
    create("/empty", "", "directory");
    create("/full", "", "directory");
    create("/full/x", "X");
    const rename = (from: string, to: string) => () => files.apply({ kind: "rename", from, to, time: 1 }, pid);
    rename("/a", "/b")();
    expect(decoded(files.read("/b"))).toBe("A");
    expect(errnoOf(() => files.read("/a"))).toBe("ENOENT");
    expect(errnoOf(rename("/b", "/full"))).toBe("EISDIR");
    expect(errnoOf(rename("/full", "/b"))).toBe("ENOTDIR");
    expect(errnoOf(rename("/empty", "/full"))).toBe("ENOTEMPTY");
    expect(errnoOf(rename("/full", "/full/inside"))).toBe("EINVAL");
    expect(errnoOf(rename("/none", "/b"))).toBe("ENOENT");
    expect(errnoOf(rename("/b", "/b"))).toBe("none");
    rename("/full", "/empty")();
    expect(decoded(files.read("/empty/x"))).toBe("X");
  });

  test("are looked at, and taken over by another tree", () => {
    const { files, create, now } = tree();
    create("/dir", "", "directory");
    const inode = create("/dir/a", "hello");
    files.apply({ kind: "symlink", inode: 5e8, path: "/link", target: "dir/a", time: now() }, pid);
    const gone = create("/gone", "kept");
    files.open(gone);
    files.apply({ kind: "unlink", path: "/gone", time: now() }, pid);
    const other = tree().files;
    other.fill(files.entries());
    for (const each of [files, other]) {
      expect(each.status("/dir/a")).toEqual({ inode, type: "file", mode: 0o644, mtime: now(), size: 5, links: 1 });
      expect(each.status("/link")?.inode).toBe(inode);
      expect(each.status("/link", "keep")).toMatchObject({ type: "symlink", target: "dir/a" });
      expect(each.status("/dir/a/b")).toBeUndefined();
      expect(each.status("/none")).toBeUndefined();
      expect(each.names("/")).toEqual(["dir", "link"]);
      expect(errnoOf(() => each.names("/dir/a"))).toBe("ENOTDIR");
      expect(decoded(each.readAt(inode, 2))).toBe("llo");
      expect(decoded(each.readAt(inode, 9))).toBe("");
      expect(decoded(each.readAt(gone, 0))).toBe("kept");
    }
  });

  test("and folders are unlinked, folders only when empty", () => {
    const { files, create } = tree();
    create("/dir", "", "directory");
    create("/dir/a");
    const unlink = (path: string) => () => files.apply({ kind: "unlink", path, time: 1 }, pid);
    expect(errnoOf(unlink("/dir"))).toBe("ENOTEMPTY");
    expect(errnoOf(unlink("/"))).toBe("EINVAL");
    unlink("/dir/a")();
    unlink("/dir")();
    expect(files.entries().map(({ path }) => path)).toEqual(["/"]);
  });

  test("are reached through symbolic links, except through circles", () => {
    const { files, create } = tree();
    create("/dir", "", "directory");
    create("/dir/a", "A");
    const link = (path: string, target: string, inode: number) =>
      files.apply({ kind: "symlink", inode, path, target, time: 1 }, pid);
    link("/abs", "/dir", 1);
    link("/dir/rel", "../dir/a", 2);
    link("/one", "/two", 3);
    link("/two", "/one", 4);
    expect(decoded(files.read("/abs/a"))).toBe("A");
    expect(decoded(files.read("/abs/rel"))).toBe("A");
    expect(decoded(files.read("/dir/../dir/./a"))).toBe("A");
    expect(errnoOf(() => files.read("/one"))).toBe("ELOOP");
    files.remove("/abs");
    expect(decoded(files.read("/dir/a"))).toBe("A");
  });

  test("written by the page bring their folders and keep their inode", () => {
    const { files, heard } = tree();
    files.writeWhole("/home/student/app.py", encoded("1"));
    const inode = files.entries().find(({ path }) => path === "/home/student/app.py")?.inode;
    files.writeWhole("/home/student/app.py", encoded("2"));
    expect(decoded(files.read("/home/student/app.py"))).toBe("2");
    expect(heard.map(({ kind }) => kind)).toEqual(["create", "create", "create", "write", "truncate", "write"]);
    expect(heard.at(-1)).toMatchObject({ inode });
    expect(errnoOf(() => files.writeWhole("/home", encoded("x")))).toBe("EISDIR");
    expect(errnoOf(() => files.writeWhole("/home/student/app.py/x", encoded("x")))).toBe("ENOTDIR");
  });

  test("and a second tree that hears every change are the same, whatever is done", () => {
    const path = fc.constantFrom("/a", "/b", "/d", "/d/a", "/d/b", "/d/e", "/d/e/a");
    const inode = fc.integer({ min: 1e8, max: 1e8 + 8 });
    const size = fc.nat(30);
    const change: fc.Arbitrary<FileChange> = fc.oneof(
      fc.record({
        kind: fc.constant("create" as const),
        inode,
        path,
        type: fc.constantFrom("file" as const, "directory" as const),
        mode: fc.constant(0o644),
        time: fc.nat(9),
      }),
      fc.record({
        kind: fc.constant("write" as const),
        inode,
        position: fc.oneof(size, fc.constant("end" as const)),
        bytes: fc.uint8Array({ maxLength: 20 }),
        time: fc.nat(9),
      }),
      fc.record({ kind: fc.constant("truncate" as const), inode, size, time: fc.nat(9) }),
      fc.record({ kind: fc.constant("rename" as const), from: path, to: path, time: fc.nat(9) }),
      fc.record({ kind: fc.constant("unlink" as const), path, time: fc.nat(9) }),
    );
    fc.assert(
      fc.property(fc.array(change, { maxLength: 60 }), (changes) => {
        const replica = new Files(
          200,
          () => 0,
          () => {},
        );
        const files = new Files(
          200,
          () => 0,
          (seen, author) => replica.apply(seen, author),
        );
        for (const one of changes) errnoOf(() => files.apply(one, pid));
        expect(replica.entries()).toEqual(files.entries());
        const total = files.entries().reduce((sum, { content }) => sum + (content?.byteLength ?? 0), 0);
        expect(total).toBeLessThanOrEqual(200);
        // What is left fits exactly: nothing that is gone still counts.
        if (total < 200) expect(errnoOf(() => files.writeWhole("/fill", new Uint8Array(200 - total)))).toBe("none");
        expect(errnoOf(() => files.writeWhole("/more", encoded("x")))).toBe("ENOSPC");
      }),
    );
  });
});

describe("files of a host", () => {
  test("change for every process, the author too, in one order", async () => {
    const computer = new ScriptedComputer();
    const { process: one } = computer.launch();
    const { process: other } = computer.launch();
    const change: FileChange = { kind: "create", inode: 1e8, path: "/tmp/a", type: "file", mode: 0o600, time: 1 };
    one.say({ op: "file", change });
    computer.host.writeFile("/home/student/app.py", "print()");
    await settled();
    const changes = (process: typeof one) => process.messages.filter(({ op }) => op === "file");
    expect(changes(one)).toEqual(changes(other));
    expect(changes(one)[0]).toEqual({ op: "file", change, author: one.pid });
    expect(
      changes(one)
        .slice(1)
        .map((message) => (message.op === "file" ? message.author : null)),
    ).toEqual([0, 0]);
  });

  test("refuse a change to its author alone", async () => {
    const computer = new ScriptedComputer();
    const { process } = computer.launch();
    const { process: other } = computer.launch();
    const change: FileChange = { kind: "unlink", path: "/tmp/none", time: 1 };
    process.say({ op: "file", change });
    await settled();
    expect(process.messages).toEqual([{ op: "file", change, author: process.pid, refused: "ENOENT" }]);
    expect(other.messages).toEqual([]);
  });

  test("are created exclusively: the author hears of the file before the answer", async () => {
    const computer = new ScriptedComputer();
    const { process } = computer.launch();
    await process.call("createExclusive", { path: "/tmp/a", mode: 0o600, inode: 1e8 });
    expect(process.messages.map(({ op }) => op)).toEqual(["file"]);
    const again = process.call("createExclusive", { path: "/tmp/a", mode: 0o600, inode: 2e8 });
    await expect(again).rejects.toMatchObject({ errno: "EEXIST" });
  });

  test("tell the page which of them processes changed", async () => {
    const { host, executor, ...computer } = new ScriptedComputer();
    const changed: string[] = [];
    host.onFileChange((path) => changed.push(path));
    host.writeFile("/home/student/app.py", "");
    host.spawn(["x"]);
    const create: FileChange = { kind: "create", inode: 1e8, path: "/tmp/a", type: "file", mode: 0o600, time: 1 };
    const write: FileChange = { kind: "write", inode: 1e8, position: 0, bytes: encoded("x"), time: 1 };
    executor.last.say({ op: "file", change: create }, { op: "file", change: write });
    await settled();
    expect(changed).toEqual(["/tmp/a"]);
    expect(computer.clock.now()).toBe(0);
  });

  test("go back to what the page wrote", () => {
    const { host, executor } = new ScriptedComputer();
    host.writeFile("/home/student/app.py", "original");
    host.writeFile("/home/student/gone.py", "x");
    host.removeFile("/home/student/gone.py");
    host.spawn(["x"]);
    const create: FileChange = { kind: "create", inode: 1e8, path: "/tmp/a", type: "file", mode: 0o600, time: 1 };
    const unlink: FileChange = { kind: "unlink", path: "/home/student/app.py", time: 1 };
    executor.last.say({ op: "file", change: create }, { op: "file", change: unlink });
    expect(host.listFiles("/")).toEqual(["/tmp/a"]);
    host.stop();
    host.restoreFiles();
    expect(host.listFiles("/")).toEqual(["/home/student/app.py"]);
    expect(decoded(host.readFile("/home/student/app.py"))).toBe("original");
  });
});

describe("flock", () => {
  async function opened() {
    const computer = new ScriptedComputer();
    const { process: one } = computer.launch();
    const { process: other } = computer.launch();
    const change: FileChange = { kind: "create", inode: 1e8, path: "/tmp/lock", type: "file", mode: 0o600, time: 1 };
    one.say({ op: "file", change }, { op: "open", fd: 3, inode: 1e8, flags: 0 });
    other.say({ op: "open", fd: 3, inode: 1e8, flags: 0 });
    const lock = (process: typeof one, kind: "shared" | "exclusive" | "unlock", noBlock = false) =>
      process.call("flock", { fd: 3, kind, noBlock });
    return { computer, one, other, lock };
  }

  test("waits for the other's unlocking, closing or death", async () => {
    for (const release of ["unlock", "close", "death"] as const) {
      const { computer, one, other, lock } = await opened();
      await lock(one, "exclusive");
      await expect(lock(other, "exclusive", true)).rejects.toMatchObject({ errno: "EAGAIN" });
      let locked = false;
      void lock(other, "exclusive").then(() => {
        locked = true;
      });
      await settled();
      expect(locked).toBe(false);
      if (release === "unlock") await lock(one, "unlock");
      else if (release === "close") one.say({ op: "close", fd: 3 });
      else computer.host.kill(one.pid, "SIGKILL");
      await settled();
      expect(locked).toBe(true);
    }
  });

  test("is shared, and belongs to the open file, not to the process", async () => {
    const { computer, one, other, lock } = await opened();
    await lock(one, "shared");
    await lock(other, "shared");
    await expect(lock(one, "exclusive", true)).rejects.toMatchObject({ errno: "EAGAIN" });
    await lock(other, "unlock");
    await lock(one, "exclusive");
    const child = await computer.fork(one);
    await expect(lock(child, "exclusive", true)).resolves.toBeNull();
    one.say({ op: "exit", code: 0 });
    await expect(lock(other, "shared", true)).rejects.toMatchObject({ errno: "EAGAIN" });
    child.say({ op: "exit", code: 0 });
    await expect(lock(other, "shared", true)).resolves.toBeNull();
  });

  test("is not granted to those who gave up", async () => {
    const { one, other, lock } = await opened();
    await lock(one, "exclusive");
    const { id } = other.begin("flock", { fd: 3, kind: "exclusive", noBlock: false });
    other.say({ op: "cancel", call: id });
    await lock(one, "unlock");
    await expect(lock(one, "exclusive", true)).resolves.toBeNull();
    await expect(one.call("flock", { fd: 0, kind: "shared", noBlock: true })).rejects.toMatchObject({ errno: "EBADF" });
  });
});

describe("lockRange", () => {
  test("is a process's, not its child's, and ends when it closes any of its descriptors", async () => {
    const computer = new ScriptedComputer();
    const { process: one } = computer.launch();
    const change: FileChange = { kind: "create", inode: 1e8, path: "/tmp/lock", type: "file", mode: 0o600, time: 1 };
    one.say(
      { op: "file", change },
      { op: "open", fd: 3, inode: 1e8, flags: 2 },
      { op: "open", fd: 4, inode: 1e8, flags: 0 },
    );
    const whole = { fd: 3, kind: "exclusive", start: 0, noBlock: true } as const;
    await one.call("lockRange", { ...whole, end: 10 });
    await expect(one.call("lockRange", { ...whole, fd: 4, end: 10 })).resolves.toBeNull();
    const child = await computer.fork(one);
    await expect(child.call("lockRange", { ...whole, end: 5 })).rejects.toMatchObject({ errno: "EAGAIN" });
    await expect(child.call("lockRange", { ...whole, start: 10 })).resolves.toBeNull();
    const found = await child.call("findLock", { fd: 3, kind: "shared", start: 2, end: 4 });
    expect(found).toEqual({ kind: "exclusive", start: 0, end: 10, pid: one.pid });
    let locked = false;
    void child.call("lockRange", { ...whole, end: 5, noBlock: false }).then(() => {
      locked = true;
    });
    await settled();
    expect(locked).toBe(false);
    one.say({ op: "close", fd: 4 });
    await settled();
    expect(locked).toBe(true);
    await expect(one.call("lockRange", { ...whole, end: 0 })).rejects.toMatchObject({ errno: "EINVAL" });
  });
});
