// @vitest-environment happy-dom
import { strToU8, zipSync } from "fflate";
import { render } from "preact";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { PypiStandIn } from "../../../testing/pypi/pypi-stand-in.ts";
import { type ProgramLife, ScriptedMachine } from "../../lab/testing/scripted-machine.ts";
import { siteRootMetaName } from "../../site-root.ts";
import { writeProjectLink } from "../share/shared-project.ts";
import { YourApp } from "./YourApp.tsx";

vi.mock("../../lab/view/panes/terminal-screen.ts", () => ({
  TerminalScreen: class {
    show() {}
    fit() {}
    dispose() {}
  },
}));

const server =
  (port: number) =>
  ({ pid, set, listen }: ProgramLife) => {
    set(pid, { state: "waiting" });
    listen(port);
  };
const routes = ["Endpoint  Methods  Rule ", "--------  -------  -----", "index     GET      /shop", ""].join("\n");
const flask = (life: ProgramLife) => {
  if (!life.argv.includes("routes")) return server(5000)(life);
  life.print(routes);
  life.exit(0);
};

const app = 'from flask import Flask\napp = Flask(__name__)\n\n@app.route("/")\ndef index():\n    return "x"\n';
let machines: ScriptedMachine[] = [];

function element<T extends HTMLElement = HTMLElement>(selector: string): T {
  const found = document.querySelector<T>(selector);
  if (found === null) throw new Error(`There is no ${selector}`);
  return found;
}
const named = (role: string, name: string) => element(`${role}[aria-label="${name}"]`);
const status = () => element(".project-status").textContent ?? "";
function press(name: string): void {
  const found = [...document.querySelectorAll<HTMLElement>("button")].find(
    (each) => (each.getAttribute("aria-label") ?? each.textContent?.trim()) === name,
  );
  if (found === undefined) throw new Error(`There is no button "${name}"`);
  found.click();
}
/** Chooses files in the picker. */
function choose(...files: readonly File[]): void {
  const input = named("input", "Your project");
  Object.defineProperty(input, "files", { value: files, configurable: true });
  input.dispatchEvent(new Event("change", { bubbles: true }));
}
const file = (name: string, content: string | Uint8Array<ArrayBuffer>) => new File([content], name);
const zip = (name: string, files: Record<string, string>) =>
  file(
    name,
    new Uint8Array(zipSync(Object.fromEntries(Object.entries(files).map(([path, text]) => [path, strToU8(text)])))),
  );

function show({ framed = false, pypi = false } = {}): void {
  render(
    <YourApp
      framed={framed}
      pypi={pypi}
      examples={[
        { name: "counter", files: [{ path: "counter.py", text: "def application(e, start_response): ...\n" }] },
      ]}
      available={[{ name: "flask", version: "3.1.3", builtIn: true }]}
      links={{}}
      open={async () => {
        const machine = new ScriptedMachine({ flask, gunicorn: server(8000) });
        machines.push(machine);
        return machine;
      }}
    />,
    document.body,
  );
}

beforeEach(() => {
  machines = [];
  document.head.innerHTML = `<meta name="${siteRootMetaName}" content="/">`;
  show();
});
afterEach(() => {
  render(null, document.body);
  localStorage.clear();
  sessionStorage.clear();
});

/** Code that is loaded with the first project takes its time on a busy computer. */
const soon = { timeout: 15_000 };
const eventually = (check: () => void | Promise<void>) => vi.waitFor(check, soon);
const opened = (text: string) => eventually(() => expect(named("section", "What it is").textContent).toContain(text));

describe("YourApp", { timeout: 60_000 }, () => {
  it("opens what is chosen, starts nothing by itself, and says that nothing leaves the browser", async () => {
    expect(document.body.textContent).toContain("Nothing leaves your browser");
    choose(file("app.py", app), file("logo.png", new Uint8Array([137, 0, 255])), file(".env", "KEY=a\n"));
    await opened("A Flask app, found in app.py.");
    expect(named("section", "What it is").textContent).toContain("gunicorn -w 4 -b 0.0.0.0:8000 app:app");
    await eventually(() =>
      expect([...named("ul", "Files").querySelectorAll("li")].map(({ textContent }) => textContent)).toEqual([
        ".envsecret, stays in this tab",
        "app.py",
        "logo.png",
      ]),
    );
    expect(named("ul", "Routes").textContent).toContain("GET /");
    expect(machines).toEqual([]);
  });

  it("starts both sides with the files, and asks the app for its routes, of which the plans are made", async () => {
    choose(file("app.py", app), file("logo.png", new Uint8Array([137, 0, 255])));
    await opened("A Flask app");
    press("Start both servers");
    await eventually(() =>
      expect(named("ul", "Routes").textContent).toContain("GET /shop development 200, production 200"),
    );
    for (const side of ["development", "production"]) {
      const host = await machines[0]?.host(side);
      expect(host?.files.get("/home/student/app.py")).toBe(app);
      expect(host?.files.get("/home/student/logo.png")).toEqual(new Uint8Array([137, 0, 255]));
    }
    await eventually(() => expect(named("div", "Plan").textContent).toContain("Ten users on /shop"));
    press("Delete app.py");
    await eventually(() => expect(document.body.textContent).toContain("Delete app.py? It cannot be brought back."));
    press("Delete it");
    await eventually(async () =>
      expect((await machines[0]?.host("production"))?.files.has("/home/student/app.py")).toBe(false),
    );
  });

  it("adds files to the open project, and none where one is in the way", async () => {
    choose(file("app.py", app));
    await opened("A Flask app");
    await eventually(() => void named("ul", "Files"));
    const add = (...files: readonly File[]) => {
      const input = element<HTMLInputElement>('section[aria-label="Files"] input[type=file]');
      Object.defineProperty(input, "files", { value: files, configurable: true });
      input.dispatchEvent(new Event("change", { bubbles: true }));
    };
    add(file("page.html", "<p>"), file("app.py", "changed"));
    await eventually(() =>
      expect(document.body.textContent).toContain("There is app.py already, and nothing was added."),
    );
    expect(named("ul", "Files").querySelectorAll("li")).toHaveLength(1);
    add(file("page.html", "<p>"));
    await eventually(() => expect(named("ul", "Files").querySelectorAll("li")).toHaveLength(2));
    expect(document.body.textContent).not.toContain("nothing was added");
    press("New file");
    await eventually(() => void element('section[aria-label="Files"] form input'));
    const path = element<HTMLInputElement>('section[aria-label="Files"] form input');
    path.value = "app.py/new.py";
    path.dispatchEvent(new Event("input", { bubbles: true }));
    press("Create");
    await eventually(() => expect(document.body.textContent).toContain("There is a file at app.py already."));
  });

  it("leads from what will go wrong to the file", async () => {
    choose(zip("broken.zip", { "app.py": app, "models.py": "def f(:\n" }));
    await opened("models.py, line 1, is not valid Python.");
    await eventually(() => void named("ul", "Files"));
    press("File models.py");
    await eventually(() => expect(document.activeElement).toBe(named("section", "Files")));
    expect(element('ul[aria-label="Files"] [aria-pressed="true"]').textContent).toBe("models.py");
  });

  it("keeps what was open until the reader has agreed, and when something cannot be read", async () => {
    choose(zip("first.zip", { "app.py": app }));
    await eventually(() => expect(status()).toContain("“first” is here: 1 file."));
    const cameIntoView = vi.spyOn(element(".project-status"), "scrollIntoView");
    choose(zip("evil.zip", { "../app.py": app }));
    await eventually(() => expect(status()).toContain("leads out of it: ../app.py"));
    await eventually(() => expect(cameIntoView).toHaveBeenCalled());
    expect(status()).toContain("“first” stays as it was.");
    choose(zip("second.zip", { "app.py": app, "b.py": "" }));
    await eventually(() => expect(status()).toContain("Replace it with “second”?"));
    press("Keep “first”");
    await eventually(() => expect(status()).toBe("“first” stays as it was."));
    choose(zip("second.zip", { "app.py": app, "b.py": "" }));
    await eventually(() => expect(status()).toContain("Replace it"));
    press("Replace it");
    await eventually(() => expect(status()).toContain("“second” is here: 2 files."));
  });

  it("takes an example, and a file that is pasted into the page", async () => {
    press("A counter in plain WSGI");
    await opened("A plain WSGI app, found in counter.py.");
    const clipboard = new DataTransfer();
    clipboard.setData("text/plain", app);
    const pasted = new Event("paste", { bubbles: true, cancelable: true });
    Object.defineProperty(pasted, "clipboardData", { value: clipboard });
    document.body.dispatchEvent(pasted);
    await eventually(() => expect(status()).toContain("Replace it with “app.py”?"));
  });

  it("opens the example that a link names, and asks first where another project would be lost", async () => {
    history.replaceState(null, "", "#example=counter");
    dispatchEvent(new Event("hashchange"));
    await opened("A plain WSGI app, found in counter.py.");
    expect(machines).toEqual([]);
    history.replaceState(null, "", "#example=no-such");
    dispatchEvent(new Event("hashchange"));
    history.replaceState(null, "", "#example=counter");
    dispatchEvent(new Event("hashchange"));
    await eventually(() => expect(status()).toContain("Replace it with “counter”?"));
    history.replaceState(null, "", "#");
  });

  it("shows what its address holds with one click in a frame, and takes nothing else", async () => {
    const written = writeProjectLink({
      name: "prepared",
      files: [{ kind: "text", path: "app.py", text: app }],
      commands: { development: "flask --app app run --debug", production: "gunicorn -w 2 -b 0.0.0.0:8000 app:app" },
      rows: [],
    });
    render(null, document.body);
    show({ framed: true });
    await eventually(() => expect(status()).toContain("No project came with this frame."));
    expect(document.querySelector("input[type=file]")).toBeNull();
    history.replaceState(null, "", typeof written === "string" ? "" : written.link);
    dispatchEvent(new Event("hashchange"));
    await eventually(() => expect(status()).toContain("A link brings the project “prepared”. Open it?"));
    press("Open it");
    await opened("A Flask app, found in app.py.");
    await eventually(() =>
      expect([...document.querySelectorAll<HTMLTextAreaElement>("textarea")].map(({ value }) => value)).toContain(
        "gunicorn -w 2 -b 0.0.0.0:8000 app:app",
      ),
    );
    expect(machines).toEqual([]);
    history.replaceState(null, "", "#");
  });

  describe("PyPI", () => {
    const needy = zip("needy.zip", {
      "app.py": `${app}import guessed_name\n`,
      "requirements.txt": "flask\nleft-pad>=1\nbcrypt\n",
    });
    const what = () => named("section", "What it is");
    const whole = () => what().textContent ?? "";

    afterEach(() => vi.unstubAllGlobals());

    it("is not spoken of where the host does not allow it", async () => {
      const asked = vi.fn();
      vi.stubGlobal("fetch", asked);
      choose(needy);
      await opened("left-pad: not here. Add its wheel to the files");
      await eventually(() => void named("ul", "Files"));
      expect(document.body.textContent).not.toContain("PyPI");
      expect(asked).not.toHaveBeenCalled();
    });

    it("is asked for what the reader has seen and agreed to, step by step, and its wheels join the files", async () => {
      const stand = new PypiStandIn([
        { name: "left-pad", version: "1.2", needs: ["wide-space"] },
        { name: "wide-space", version: "2.0" },
      ]);
      vi.stubGlobal("fetch", stand.fetch);
      render(null, document.body);
      show({ pypi: true });
      expect(document.body.textContent).toContain("The one exception: if you agree, each time");
      choose(needy);
      await opened("left-pad: https://pypi.org/simple/left-pad/");
      // Native code is known to be, and a guess is not asked for by itself.
      expect(whole()).not.toContain("https://pypi.org/simple/bcrypt/");
      expect(whole()).toContain("https://pypi.org/simple/guessed-name/ (a guess from an import in app.py");
      press("Ask PyPI for 1 package");
      const file = "https://files.pythonhosted.org/packages/left_pad-1.2-py3-none-any.whl";
      await eventually(() => expect(whole()).toContain(`left-pad 1.2, 1 kB: ${file}`));
      expect(document.activeElement?.textContent).toContain("It would ask for these next:");
      expect(stand.asked).toEqual(["https://pypi.org/simple/left-pad/"]);
      press("Ask for 1 file");
      const next = "wide-space, which left-pad needs: https://pypi.org/simple/wide-space/";
      await eventually(() => expect(whole()).toContain(next));
      expect(named("ul", "Files").textContent).not.toContain(".whl");
      press("Ask for 1 file");
      await eventually(() => expect(whole()).toContain("wide-space 2.0, 1 kB: "));
      press("Ask for 1 file");
      await eventually(() => expect(whole()).toContain("left-pad 1.2 and wide-space 2.0 are in the files now"));
      expect(named("ul", "Files").textContent).toContain("wheels/left_pad-1.2-py3-none-any.whl");
      expect(named("ul", "Files").textContent).toContain("wheels/wide_space-2.0-py3-none-any.whl");
      await eventually(() => expect(whole()).toContain("left-pad: 1.2, installed before the start"));
      expect(stand.asked).toHaveLength(4);
    });

    it("says why nothing came, asks for nothing more where the reader says so, and asks anew each time", async () => {
      const stand = new PypiStandIn([{ name: "left-pad", version: "0.9" }]);
      vi.stubGlobal("fetch", stand.fetch);
      render(null, document.body);
      show({ pypi: true });
      choose(needy);
      await opened("https://pypi.org/simple/left-pad/");
      const [, guess] = what().querySelectorAll<HTMLInputElement>(".project-pypi input");
      guess?.click();
      await eventually(() => press("Ask PyPI for 2 packages"));
      await eventually(() =>
        expect(whole()).toContain("left-pad was not added. No wheel in pure Python fits >=1; the newest is 0.9."),
      );
      expect(whole()).toContain("guessed-name was not added. PyPI has no package of this name.");
      expect(stand.asked).toHaveLength(2);

      vi.stubGlobal("fetch", new PypiStandIn([{ name: "left-pad", version: "1.0" }]).fetch);
      press("Ask again");
      await eventually(() => press("Ask for nothing more"));
      await eventually(() => expect(whole()).toContain("Nothing more was asked for, and nothing was added."));
      expect(named("ul", "Files").textContent).not.toContain(".whl");
      expect(whole()).toContain("https://pypi.org/simple/left-pad/");
    });

    it("stops when the reader says so", async () => {
      vi.stubGlobal(
        "fetch",
        (_: string, { signal }: RequestInit) =>
          new Promise((_resolve, reject) => signal?.addEventListener("abort", () => reject(signal.reason))),
      );
      render(null, document.body);
      show({ pypi: true });
      choose(needy);
      await opened("https://pypi.org/simple/left-pad/");
      press("Ask PyPI for 1 package");
      await eventually(() => expect(whole()).toContain("Asking PyPI."));
      press("Stop");
      await eventually(() => expect(whole()).toContain("Stopped. Nothing was added."));
    });
  });

  it("brings back after a reload what was open, with what was changed, and says which files of secrets are missing", async () => {
    choose(zip("shop.zip", { "app.py": app, ".env": "KEY=hidden\n" }));
    await opened("A Flask app");
    await eventually(() => press("New file"));
    await eventually(() => void element('section[aria-label="Files"] form input'));
    const path = element<HTMLInputElement>('section[aria-label="Files"] form input');
    path.value = "notes.txt";
    path.dispatchEvent(new Event("input", { bubbles: true }));
    press("Create");
    await eventually(() => expect(named("ul", "Files").querySelectorAll("li")).toHaveLength(3));
    const leaving = new Event("beforeunload", { cancelable: true });
    dispatchEvent(leaving);
    expect(leaving.defaultPrevented).toBe(false);
    expect(JSON.stringify(sessionStorage)).not.toContain("hidden");

    render(null, document.body);
    show();
    await eventually(() =>
      expect(document.body.textContent).toContain(".env holds secrets and was not kept: add it again."),
    );
    press("Open “shop” again");
    await opened("A Flask app");
    await eventually(() =>
      expect([...named("ul", "Files").querySelectorAll("li")].map(({ textContent }) => textContent)).toEqual([
        "app.py",
        "notes.txt",
      ]),
    );
    expect(machines).toEqual([]);
  });

  it("lets the browser ask before a project is lost that is too large to be kept", async () => {
    choose(file("app.py", app));
    await opened("A Flask app");
    await eventually(() => void named("ul", "Files"));
    const setItem = () => {
      throw new DOMException("full", "QuotaExceededError");
    };
    vi.stubGlobal("sessionStorage", { getItem: () => null, removeItem: () => {}, setItem });
    try {
      const leaving = new Event("beforeunload", { cancelable: true });
      dispatchEvent(leaving);
      expect(leaving.defaultPrevented).toBe(true);
    } finally {
      vi.unstubAllGlobals();
    }
  });

  it("removes what is open, and a reload does not bring it again", async () => {
    choose(zip("shop.zip", { "app.py": app }));
    await opened("A Flask app");
    dispatchEvent(new Event("pagehide"));
    await eventually(() => press("Remove it from this page"));
    await eventually(() => expect(document.body.textContent).toContain("Remove this project from the page?"));
    const erase = [...element("dialog[open]").querySelectorAll("button")].find(
      (each) => each.textContent === "Erase it",
    );
    erase?.click();
    await eventually(() => expect(status()).toBe("“shop” was removed from this page."));
    expect(document.querySelector('section[aria-label="What it is"]')).toBeNull();
    expect(document.activeElement).toBe(element(".project-status"));
    render(null, document.body);
    show();
    expect(document.body.textContent).not.toContain("Open “shop” again");
  });

  it("brings back what was kept, without secrets", async () => {
    choose(file("app.py", app), file(".env", "KEY=hidden\n"));
    await opened("A Flask app");
    await eventually(() => press("Keep this project on this device"));
    await eventually(() => expect(document.body.textContent).toContain("Kept on this device"));
    const kept = localStorage.getItem(localStorage.key(0) ?? "") ?? "";
    expect(kept).toContain("Flask(__name__)");
    expect(kept).not.toContain("hidden");
  });
});
