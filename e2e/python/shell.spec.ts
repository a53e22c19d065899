// @project beside
// @also firefox
// biome-ignore-all lint/suspicious/noControlCharactersInRegex: escape sequences begin with one
/** The shell at a terminal: programs, pipes, files, jobs, signals. */
import { expect, home, type PageComputer, type Running, test } from "../../testing/browser/machine.ts";

/** A shell with a prompt. */
class Session {
  #seen = 0;

  private constructor(private readonly process: Running) {}

  static async open(computer: PageComputer): Promise<Session> {
    const session = new Session(await computer.start(["sh"]));
    await session.promptAfter("");
    return session;
  }

  /** Types a line and waits for the next prompt; what was printed in between. */
  async run(line: string, milliseconds?: number): Promise<string> {
    await this.type(`${line}\r`);
    return this.promptAfter(line, milliseconds);
  }

  async type(keys: string): Promise<void> {
    this.#seen = (await this.#output()).length;
    await this.process.type(keys);
  }

  /** Waits for text that came after what was typed last. */
  async sees(text: string | RegExp): Promise<void> {
    await expect.poll(async () => (await this.#output()).slice(this.#seen), { timeout: 25_000 }).toMatch(text);
  }

  async promptAfter(line: string, milliseconds = 25_000): Promise<string> {
    const prompt = /(?:^|\n)[~/][^\n]* \$ $/;
    const since = async () => (await this.#output()).slice(this.#seen);
    await expect.poll(since, { timeout: milliseconds, intervals: [20, 50, 100] }).toMatch(prompt);
    const output = (await since()).replace(prompt, "\n");
    const echoed = output.lastIndexOf(`$ ${line}\n`);
    const rest =
      line === ""
        ? output
        : echoed === -1
          ? output.slice(output.indexOf("\n") + 1)
          : output.slice(echoed + line.length + 3);
    return rest.replace(/\n$/, "");
  }

  /** What the terminal shows, without the shell's own drawing. */
  async #output(): Promise<string> {
    const raw = await this.process.output();
    return raw
      .replace(/(^|\n) +\r(?=\r\x1b)/g, "$1")
      .replace(/ {20,}\r(?=\r\x1b)/g, "\n")
      .replace(/(?:\x1b\[\d*A)?\r\x1b\[J[^\n\r]*\r(?:\x1b\[\d+C)?(?=(?:\x1b\[\d*A)?\r\x1b\[J)/g, "")
      .replace(/\x1b\[[0-9;]*[A-Za-z]|\r|\x07/g, "");
  }
}

test("commands, variables, quotes, status, lists", async ({ computer }) => {
  const shell = await Session.open(computer);
  expect(await shell.run("echo hello world")).toBe("hello world");
  expect(await shell.run("pwd; cd /tmp && pwd; cd; pwd")).toBe(`${home}\n/tmp\n${home}`);
  expect(await shell.run("A='x  y'; echo $A \"$A\"; export A; env | grep ^A=")).toBe("x y x  y\nA=x  y");
  expect(await shell.run("foo; echo $?")).toBe("sh: foo: command not found\n127");
  expect(await shell.run("false || echo no && echo yes; true; echo $?")).toBe("no\nyes\n0");
  expect(await shell.run("ls /nothing; echo $?")).toBe("ls: cannot access '/nothing': No such file or directory\n2");
  expect(await shell.run("for i in 1 2 3; do echo $((i * i)); done | wc -l")).toBe("3");
  expect(await shell.run("echo $(echo a; echo b) `echo c`")).toBe("a b c");
  expect(await shell.run("echo | | x")).toBe("sh: syntax error near unexpected token `|'");
  expect(await shell.run("sh -c 'echo $0 $1; exit 3' name arg; echo $?")).toBe("name arg\n3");
});

test("functions, case, time", async ({ computer }) => {
  const shell = await Session.open(computer);
  await shell.run('who=nobody; greet() { local who=$1; echo "hi $who"; return 3; }');
  expect(await shell.run("greet Ada; echo $? $who")).toBe("hi Ada\n3 nobody");
  expect(await shell.run("greet Bob | tr a-z A-Z; type greet; echo $(greet Eve)")).toBe(
    "HI BOB\ngreet is a function\nhi Eve",
  );
  expect(await shell.run("greet Mary & wait")).toMatch(/hi Mary/);
  expect(
    await shell.run("for f in app.py notes; do case $f in *.py | *.js) echo code;; n*) echo text;; esac; done"),
  ).toBe("code\ntext");
  expect(await shell.run("again() { again; }; again; echo $?")).toBe(
    "sh: Maximum function recursion depth (200) reached\n2",
  );
  expect(await shell.run("time sleep 0.05")).toMatch(/^\nreal\t0m0\.\d{3}s$/);
  // What `wait` has seen end is told at the next prompt, once.
  expect(await shell.run("sleep 0.05 & wait")).toMatch(/^\[1\] \d+\n\[1\]\+ {2}Done +sleep 0\.05$/);
  expect(await shell.run("jobs")).toBe("");
  // What runs within a substitution leaves the terminal to the shell.
  expect(await shell.run("echo $(yes | head -3 | wc -l)")).toBe("3");
  expect(await shell.run("sleep 60 & kill -9 $(jobs -p | head -1); wait; echo gone")).toContain("\ngone");
});

test("what would go on for ever ends, or hears ^C", async ({ computer }) => {
  const shell = await Session.open(computer);
  expect(await shell.run("for i in a | b")).toBe("sh: syntax error near unexpected token `|'");
  const depth = 300;
  expect(await shell.run(`${"(".repeat(depth)}true${")".repeat(depth)}`)).toBe(
    "sh: arithmetic expression: more than 200 nested brackets",
  );
  expect(await shell.run("echo {a,b}{a,b}{a,b}{a,b}{1..99999}; echo $?")).toBe("sh: Out of space\n1");
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the shell expands it
  expect(await shell.run("case ${NONE:?is needed} in *) echo no;; esac; echo $?")).toBe("sh: NONE: is needed\n1");
  // Each call makes two more.
  const reached = "recursion depth (200) reached\n2";
  expect(await shell.run("twice() { twice; twice; }; twice; echo $?")).toBe(`sh: Maximum function ${reached}`);
  expect(await shell.run('again=\'eval "$again"; eval "$again"\'; eval "$again"; echo $?')).toBe(
    `sh: Maximum eval ${reached}`,
  );
  expect(await shell.run("echo '. ./self; . ./self' > self; . ./self; echo $?")).toBe(`sh: Maximum file ${reached}`);
  expect(await shell.run("a=$(while true; do echo aaaaaaaaaaaaaaaa; done | head -3 | wc -l); echo $a")).toBe("3");
  // The expression goes back and tries again for longer than anybody lives.
  await shell.type(`echo ru''nning; echo ${"a".repeat(60)}b | grep -E '^(a+)+$'\r`);
  await shell.sees("running\n");
  await shell.type("\x03");
  await shell.promptAfter("");
  expect(await shell.run("echo $?")).toBe("130");
  // What is typed before a command runs is read by the line editor, as on any terminal: so it says that it runs.
  await shell.type("echo ru''nning; while true; do :; done\r");
  await shell.sees("running\n");
  await shell.type("\x03");
  await shell.promptAfter("");
  expect(await shell.run("echo $?")).toBe("130");
  await shell.type(
    "twice() { true; twice2; twice2; }; twice2() { true; }; echo ru''nning; while true; do twice; done\r",
  );
  await shell.sees("running\n");
  await shell.type("\x03");
  await shell.promptAfter("");
  expect(await shell.run("echo $?")).toBe("130");
});

test("programs that change text", async ({ computer }) => {
  await computer.write("app.py", "DEBUG = True\nNAME = 'shop'\n");
  const shell = await Session.open(computer);
  expect(await shell.run("sed 's/True/False/' app.py; sed -i '/NAME/d' app.py; cat app.py")).toBe(
    "DEBUG = False\nNAME = 'shop'\nDEBUG = True",
  );
  expect(await shell.run("sed k app.py; echo a:b:c | cut -d: -f1,3; echo abc | cut -c2-; echo aabb | tr -d a")).toBe(
    "sed: -e expression #1, char 1: unknown command: `k'\na:c\nbc\nbb",
  );
  expect(await shell.run("printf '%s=%03d\\n' a 7 b 8; basename /a/b.py .py; dirname /a/b.py; hostname")).toMatch(
    /^a=007\nb=008\nb\n\/a\n\S+$/,
  );
});

test("files, redirections, patterns", async ({ computer }) => {
  await computer.write("app.py", "import os\nprint('hi')\n");
  const shell = await Session.open(computer);
  expect(await shell.run("ls; cat app.py | head -1 | wc -c")).toBe("app.py\n10");
  expect(await shell.run("echo one > f; echo two >> f; cat < f; wc -l f")).toBe("one\ntwo\n1 f".replace("1 f", "2 f"));
  expect(await shell.run("ls nothing 2>/dev/null; ls nothing > err 2>&1; cat err")).toBe(
    "ls: cannot access 'nothing': No such file or directory",
  );
  expect(await shell.run("mkdir -p a/b; touch a/b/x.txt a/y.txt; echo a/*.txt a/*/*; rm -r a; ls a")).toBe(
    "a/y.txt a/b/x.txt\nls: cannot access 'a': No such file or directory",
  );
  expect(await shell.run("cp app.py copy.py; mv copy.py moved.py; ls *.py; grep -n hi *.py")).toBe(
    "app.py  moved.py\napp.py:2:print('hi')\nmoved.py:2:print('hi')",
  );
  expect(await shell.run("python app.py > out; echo $?; cat out")).toBe("0\nhi");
  expect(await shell.run("python -c 'import sys; print(sys.stdin.read().upper())' < app.py | head -1")).toBe(
    "IMPORT OS",
  );
  expect(await shell.run("(echo sub; cd /tmp; pwd) > both; cat both; pwd")).toBe(`sub\n/tmp\n${home}`);
  await shell.type("cat > new.py <<'EOF'\r");
  await shell.sees(/\n> $/);
  await shell.type("print('$HOME')\r");
  await shell.sees(/\n> $/);
  await shell.type("EOF\r");
  await shell.promptAfter("EOF");
  expect(await shell.run("cat new.py")).toBe("print('$HOME')");
});

test("history, editing and completion at the keyboard", async ({ computer }) => {
  await computer.write("application.py", "print('ran')\n");
  const shell = await Session.open(computer);
  await shell.run("echo first");
  await shell.type("\x1b[A\x1b[D\x1b[D\x1b[D\x1b[D\x1b[D\x0bagain\r");
  expect(await shell.promptAfter("echo again")).toBe("again");
  await shell.type("pyth\t app\t\r");
  expect(await shell.promptAfter("python application.py ")).toBe("ran");
  expect(await shell.run("history | tail -n 2")).toBe("    3  python application.py\n    4  history | tail -n 2");
  await shell.type("echo never\x03");
  await shell.sees(/never\^C\n.*\$ $/);
  expect(await shell.run("echo $?")).toBe("130");
});

test("nano writes a file that the page and other programs see; Tab offers what a command wants", async ({
  computer,
}) => {
  await computer.write("app.py", "VERSION = 1\n");
  const shell = await Session.open(computer);
  await shell.type("nano app.py\r");
  await shell.sees("Read 1 line");
  await shell.type("\x1b[F\x7f2\x13");
  await shell.sees("Wrote 1 line");
  expect(await computer.read("app.py")).toBe("VERSION = 2\n");
  await shell.type("\x18");
  await shell.sees(/\$ $/);
  expect(await shell.run("cat app.py")).toBe("VERSION = 2");
  await shell.type("sleep 100 &\r");
  await shell.sees(/\[1\] \d+\n/);
  await shell.type("kill -SIGKI\t%\t\r");
  await shell.sees(/kill -SIGKILL %1/);
  await shell.type("\x12cat\r");
  expect(await shell.promptAfter("cat app.py")).toContain("VERSION = 2");
});

test("^C, ^Z, jobs, fg, bg, kill", async ({ computer }) => {
  const shell = await Session.open(computer);
  await shell.type("sleep 100\r");
  await shell.sees("sleep 100\n");
  await shell.type("\x03");
  await shell.promptAfter("");
  expect(await shell.run("echo $?")).toBe("130");

  await shell.type("sleep 100\r");
  await shell.sees("sleep 100\n");
  await shell.type("\x1a");
  await shell.sees(/\[1\]\+ {2}Stopped +sleep 100/);
  expect(await shell.run("jobs")).toMatch(/^\[1\]\+ {2}Stopped +sleep 100$/);
  expect(await shell.run("bg")).toBe("[1] sleep 100");
  expect(await shell.run("jobs")).toMatch(/^\[1\]\+ {2}Running +sleep 100 &$/);
  expect(await shell.run("sleep 200 | cat &")).toMatch(/^\[2\] \d+$/);
  expect(await shell.run("pgrep sleep | wc -l")).toBe("2");
  await shell.run("kill %1; sleep 0.1");
  expect(await shell.run("jobs")).toMatch(/^\[2\]\+ {2}Running +sleep 200 \| cat &$/m);
  await shell.type("fg\r");
  await shell.sees("sleep 200 | cat\n");
  await shell.type("\x03");
  await shell.promptAfter("");
  expect(await shell.run("jobs; pgrep sleep; echo $?")).toBe("1");
  // Who reads in the background is stopped, and gets the keyboard in the foreground.
  await shell.type("cat &\r");
  await shell.promptAfter("cat &");
  await expect.poll(() => shell.run("jobs")).toMatch(/Stopped +cat$/);
  await shell.type("fg\r");
  await shell.sees("cat\n");
  await shell.type("hello\r");
  await shell.sees("hello\nhello\n");
  await shell.type("\x04");
  await shell.promptAfter("");
  await shell.type("while true; do sleep 0.01; done\r");
  await shell.sees("done\n");
  await shell.type("\x03");
  await shell.promptAfter("");
  expect(await shell.run("(sleep 0.2; echo late) & wait; echo waited")).toMatch(/late\nwaited\n\[1\]\+ {2}Done/);
});

test("a server in the foreground, stopped, in the background, asked by curl", async ({ computer }) => {
  await computer.write(
    "app.py",
    `from flask import Flask, make_response, redirect, request
app = Flask(__name__)

@app.get("/")
def hello():
    return "Hello\\n"

@app.post("/form")
def form():
    return dict(request.form)

@app.get("/login")
def login():
    response = redirect("/me")
    response.set_cookie("user", "ada")
    return response

@app.get("/me")
def me():
    return request.cookies.get("user", "nobody") + "\\n"

@app.get("/slow")
def slow():
    import time
    time.sleep(5)
    return "slow"
`,
  );
  const shell = await Session.open(computer);
  expect(await shell.run("curl localhost:5000; echo $?")).toMatch(
    /^curl: \(7\) Failed to connect to localhost port 5000 after \d+ ms: Couldn't connect to server\n7$/,
  );
  await shell.type("flask --app app run\r");
  await shell.sees("Running on http://127.0.0.1:5000");
  await shell.type("\x1a");
  await shell.sees("Stopped");
  await shell.promptAfter("");
  await shell.run("bg");
  expect(await shell.run("curl -s localhost:5000/")).toMatch(/Hello/);
  expect(await shell.run("curl -s -i http://127.0.0.1:5000/ 2>/dev/null | head -1")).toMatch(/HTTP\/1\.1 200 OK/);
  expect(await shell.run("curl -s -d a=1 -d b=2 localhost:5000/form")).toMatch(/\{"a":"1","b":"2"\}/);
  expect(await shell.run("curl -s -o /dev/null -w '%{http_code}\\n' localhost:5000/none")).toMatch(/404/);
  expect(await shell.run("curl -s -L -c jar -b jar localhost:5000/login; curl -s -b jar localhost:5000/me")).toMatch(
    /ada\s[\s\S]*ada/,
  );
  expect(await shell.run("curl -sS --max-time 0.2 localhost:5000/slow; echo $?")).toMatch(
    /curl: \(28\) Operation timed out after \d+ milliseconds with 0 bytes received\n28/,
  );
  // By way of a file: the server's own line comes in between.
  await shell.run("curl -v localhost:5000/ 2>&1 | grep -e '^[<>]' | head -3 > said");
  expect(await shell.run("cat said")).toMatch(/> GET \/ HTTP\/1\.1\n> Host: localhost:5000\n> User-Agent: curl/);
  await shell.type("fg\r");
  await shell.sees("flask --app app run\n");
  await shell.type("\x03");
  await shell.promptAfter("");
  expect(await shell.run("curl -s localhost:5000; echo $?")).toBe("7");
});

test("gunicorn in the background, its master told to stop", async ({ computer }) => {
  await computer.write(
    "app.py",
    "from flask import Flask\napp = Flask(__name__)\n\n@app.get('/')\ndef hello():\n    return 'Hello'\n",
  );
  await computer.write("wsgi.py", "from app import app as application\n");
  const shell = await Session.open(computer);
  await shell.type('gunicorn -w 2 -b 0.0.0.0:8000 "app:app" > log 2>&1 &\r');
  await shell.sees(/\[1\] \d+/);
  await shell.promptAfter("");
  await expect.poll(() => shell.run("curl -s localhost:8000/ && echo"), { timeout: 20_000 }).toBe("Hello");
  expect(await shell.run("ps -o cmd | grep -c '^gunicorn\\|gunicorn -w'")).toMatch(/^\d$/);
  await expect.poll(() => shell.run("grep -c 'Booting worker' log")).toBe("2");
  await shell.run("kill %1; wait; sleep 0.2");
  expect(await shell.run("curl -s localhost:8000/; echo $?")).toBe("7");
});

test("what is not here says so", async ({ computer }) => {
  const shell = await Session.open(computer);
  expect(await shell.run("pip install flask; echo $?")).toMatch(
    /^Looking in indexes: \S+\nRequirement already satisfied: flask in \S+ \(3\.\d+\.\d+\)\n(Requirement [^\n]*\n)+0$/,
  );
  expect(await shell.run("uwsgi --http :8000; nginx; systemctl status x; echo $?")).toBe(
    `${["uwsgi", "nginx", "systemctl"].map((name) => `${name}: not on this machine: ${name} runs on the Linux machine\n`).join("")}127`,
  );
  expect(await shell.run("python -m pip install numpy; echo $?")).toMatch(
    /\nERROR: No matching distribution found for numpy\n[^\n]+\n1$/,
  );
  expect(await shell.run("vim app.py; echo $?; sudo apt install nginx")).toBe(
    "vim: not on this machine: nano FILE edits at this terminal, and the tabs beside this shell show the same files\n127\nsudo: not on this machine: student may do everything here without it",
  );
  expect(await shell.run("which flask ls; type cd")).toBe("/usr/local/bin/flask\n/usr/bin/ls\ncd is a shell builtin");
  expect(await shell.run("python --version")).toMatch(/^Python 3\.14/);
});
