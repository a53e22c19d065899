// @project beside
// @also firefox
/** SQLite: what several processes write is all there, and what cannot be waited for fails in SQLite's own words. */
import { expect, test } from "../../testing/browser/machine.ts";

test("processes that write to one database lose nothing, whether they close it or keep it open", async ({
  computer,
}) => {
  const output = await computer.python(`
import os, sqlite3
kept = sqlite3.connect("app.db", timeout=20)
with kept:
    kept.execute("create table visits (who, number)")
children = []
for who in range(4):
    child = os.fork()
    if child == 0:
        own = sqlite3.connect("app.db", timeout=20)
        for number in range(10):
            database = (own, kept, sqlite3.connect("app.db", timeout=20))[min(who, 2)]
            with database:
                (count,) = database.execute("select count(*) from visits where who = ?", (who,)).fetchone()
                database.execute("insert into visits values (?, ?)", (who, count))
        os._exit(0)
    children.append(child)
print([os.waitpid(child, 0)[1] for child in children])
print(kept.execute("select who, count(*), max(number) from visits group by who").fetchall())
print(kept.execute("pragma integrity_check").fetchone())
logged = sqlite3.connect("logged.db", timeout=20)
print(logged.execute("pragma journal_mode=wal").fetchone())
logged.execute("create table visits (who)")
logged.commit()
for who in range(2):
    if os.fork() == 0:
        own = sqlite3.connect("logged.db", timeout=20)
        for _ in range(10):
            with own: own.execute("insert into visits values (?)", (who,))
        own.close()
        os._exit(0)
print([os.wait()[1] for _ in range(2)])
print(logged.execute("select who, count(*) from visits group by who").fetchall())
print(logged.execute("pragma integrity_check").fetchone())
`);
  expect(output).toBe(`[0, 0, 0, 0]
[(0, 10, 9), (1, 10, 9), (2, 10, 9), (3, 10, 9)]
('ok',)
('wal',)
[0, 0]
[(0, 10), (1, 10)]
('ok',)
`);
});

test("a database in which another process has not ended its transaction is locked", async ({ computer }) => {
  const output = await computer.python(`
import os, sqlite3
database = sqlite3.connect("app.db")
database.execute("create table notes (text)")
database.execute("insert into notes values ('kept')")
def child(timeout):
    pid = os.fork()
    if pid == 0:
        try:
            print(sqlite3.connect("app.db", timeout=timeout).execute("select * from notes").fetchall(), flush=True)
        except sqlite3.Error as error:
            print(f"{type(error).__module__}.{type(error).__name__}: {error}", flush=True)
        print(sqlite3.connect(":memory:").execute("select 1").fetchone(), flush=True)
        os._exit(0)
    return pid
os.waitpid(child(0.1), 0)
waiting = child(20)
database.commit()
os.waitpid(waiting, 0)
database.execute("insert into notes values ('lost')")
database.close()
os.waitpid(child(0.1), 0)
print(isinstance(sqlite3.connect("app.db"), sqlite3.Connection))
try:
    sqlite3.connect("no/such/folder/app.db")
except sqlite3.OperationalError as error:
    print(error)
`);
  expect(output).toBe(`sqlite3.OperationalError: database is locked
(1,)
[('kept',)]
(1,)
[('kept',)]
(1,)
True
unable to open database file
`);
});

test("connections of threads wait for each other, and a write-ahead log stays until the last process has closed it", async ({
  computer,
}) => {
  const output = await computer.python(`
import gc, os, sqlite3, subprocess, sys, threading, time
main = sqlite3.connect("app.db", isolation_level=None)
print(main.execute("pragma journal_mode=wal").fetchone(), main.execute("pragma busy_timeout").fetchone())
main.execute("create table jobs (who, number)")
main.execute("begin immediate")
said = []
def worker(who):
    own = sqlite3.connect("app.db", timeout=20)
    try:
        hasty = sqlite3.connect("app.db")
        said.append(hasty.execute("pragma busy_timeout = 100").fetchone())
        hasty.execute("insert into jobs values ('hasty', 0)")
    except sqlite3.OperationalError as error:
        said.append((str(error), error.sqlite_errorname))
    hasty.close()
    with own:
        own.executemany("insert into jobs values (?, ?)", ((who, number) for number in range(5)))
    own.close()
threads = [threading.Thread(target=worker, args=(f"thread {n}",)) for n in range(2)]
for thread in threads: thread.start()
while len(said) < 4: time.sleep(0.01)
main.execute("insert into jobs values ('main', 0)")
main.execute("commit")
for thread in threads: thread.join()
print(sorted(said, key=str))
print(main.execute("select who, count(*), count(distinct number) from jobs group by who").fetchall())
for who in range(3):
    if os.fork() == 0:
        del main
        gc.collect()
        def enqueue():
            # Each thread has a connection of its own, which it closes or forgets.
            for number in range(10):
                own = sqlite3.connect("app.db", timeout=20, isolation_level=None)
                own.execute("begin exclusive")
                own.execute("insert into jobs values (?, ?)", (f"process {who}", number))
                own.execute("commit")
                if number % 2: own.close()
        both = [threading.Thread(target=enqueue) for _ in range(2)]
        for thread in both: thread.start()
        for thread in both: thread.join()
        os._exit(0)
seen = 0
while seen < 60:
    (seen,) = main.execute("select count(*) from jobs where who like 'process%'").fetchone()
print([os.wait()[1] for _ in range(3)])
print(main.execute("select who, count(*), count(distinct number) from jobs group by who").fetchall())
print(main.execute("pragma integrity_check").fetchone())
reader = subprocess.Popen([sys.executable, "-c", """
import sqlite3
own = sqlite3.connect("app.db")
own.execute("select count(*) from jobs").fetchall()
print("open", flush=True)
input()
"""], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
reader.stdout.read(4)
try:
    main.execute("pragma journal_mode=delete")
except sqlite3.OperationalError as error:
    print(error)
main.close()
print(sorted(name for name in os.listdir() if name.startswith("app")))
reader.kill(); reader.wait()
main = sqlite3.connect("app.db")
print(main.execute("select count(*) from jobs").fetchone())
main.close()
print(sorted(name for name in os.listdir() if name.startswith("app")))
`);
  expect(output).toBe(`('wal',) (5000,)
[('database is locked', 'SQLITE_BUSY'), ('database is locked', 'SQLITE_BUSY'), (100,), (100,)]
[('main', 1, 1), ('thread 0', 5, 5), ('thread 1', 5, 5)]
[0, 0, 0]
[('main', 1, 1), ('process 0', 20, 10), ('process 1', 20, 10), ('process 2', 20, 10), ('thread 0', 5, 5), ('thread 1', 5, 5)]
('ok',)
database is locked
['app.db', 'app.db-shm', 'app.db-wal']
(71,)
['app.db']
`);
});
