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
