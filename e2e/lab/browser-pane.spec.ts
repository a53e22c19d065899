// @project beside
/** The browser of a side: a page's links, forms, cookies, files and scripts, in a frame that can reach nothing else. */
import type { FrameLocator, Locator, Page } from "@playwright/test";
import { expect, pages, test } from "../../testing/browser/site.ts";

const app = `from flask import Flask, jsonify, make_response, redirect, request, session
app = Flask(__name__)
app.secret_key = "for this test"

page = """<!doctype html>
<title>Shop</title>
<link rel=stylesheet href=/static/style.css>
<h1>Welcome {name}</h1>
<img id=picture src=/static/dot.svg alt=dot>
<a href=/about>About</a> <a href="about?x=1#end">Deep</a> <a href=https://example.com/>Away</a>
<form method=post action=/login><input name=name aria-label=Name><button>Log in</button></form>
<form action=/search><input name=q aria-label=Query><button>Search</button></form>
<form method=post action=/upload enctype=multipart/form-data><input name=note value=hi><button name=go value=1>Upload</button></form>
<p id=out></p><p id=plain></p>
<script src=/static/app.js></script>
"""

@app.get("/")
def home():
    answer = make_response(page.replace("{name}", session.get("name", "stranger")))
    answer.set_cookie("seen", "yes")
    return answer

@app.post("/login")
def login():
    session["name"] = request.form["name"]
    return redirect("/")

@app.get("/about")
def about():
    return f"<p>About {request.args.get('x', 'us')}, referred by {request.headers.get('Referer')}</p><a href=/>Home</a>"

@app.get("/search")
def search():
    return {"asked": request.args["q"]}

@app.post("/upload")
def upload():
    return f"{request.content_type.split(';')[0]} {request.form['note']} {request.form['go']}"

@app.post("/api")
def api():
    return jsonify(sent=request.json, cookie=request.cookies.get("seen"), header=request.headers.get("X-Page"))

@app.get("/moves")
def moves():
    return """<p id=here></p><button onclick="location = '/about?x=set'">Set</button>
<button onclick="count()">Count</button>
<button onclick="alert('Hello reader')">Alert</button><button onclick="new WebSocket('/socket').onclose = (event) => alert('closed ' + event.code)">Socket</button>
<button onclick="setTimeout(attack)">Attack</button><iframe src=/about></iframe>
<script>
const { pathname, search } = location
here.textContent = pathname + search + ' ' + document.URL
function count() { location.search = '?n=' + (Number(new URLSearchParams(location.search).get('n')) + 1) }
function attack() {
  for (const act of [() => open('/about', '_top'),
    () => parent.parent.postMessage('browser frame is ready', '*'), () => parent.postMessage({ html: 'x' }, '*'),
    () => { top.document.body.textContent = '' }, () => top.localStorage.clear(), () => indexedDB.open('x')]) {
    try { act() } catch { here.append(' refused') }
  }
}
</script>"""
`;

const broken = `from flask import Flask, request
app = Flask(__name__)

@app.get("/")
def hello():
    answer = 42
    return str(answer / int(request.args["by"]))
`;

test.use({ visited: true });

const script = `
const out = document.querySelector("#out");
const escapes = [];
try { parent.document.title; escapes.push("parent"); } catch {}
try { top.location.href; escapes.push("top"); } catch {}
fetch("/api", { method: "POST", headers: { "Content-Type": "application/json", "X-Page": "1" }, body: JSON.stringify({ a: 1 }) })
  .then((response) => response.json())
  .then(async ({ sent, cookie, header }) => {
    const outside = await fetch("https://example.com/").then(() => "reached", () => "refused");
    out.textContent = ["api", sent.a, cookie, header, document.cookie, outside, escapes.length, self.origin].join(" ");
  });
const request = new XMLHttpRequest();
request.open("GET", "/search?q=xhr");
request.onload = () => { document.querySelector("#plain").textContent = request.status + " " + JSON.parse(request.responseText).asked; };
request.send();
`;

async function edit(page: Page, region: Locator, path: string, text: string): Promise<void> {
  await region.getByRole("tab", { name: "Shell" }).click();
  const open = region.getByRole("button", { name: /^Open a shell/ });
  if (await open.isVisible()) await open.click();
  const screen = region.getByRole("tabpanel", { name: "Shell" }).locator(".xterm-accessibility-tree");
  await expect(screen).toContainText("$", { timeout: 45_000 });
  const keyboard = region.getByLabel(/^Shell beside/);
  const folder = path.slice(0, path.lastIndexOf("/")) || ".";
  await keyboard.evaluate((element, pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", pasted);
    element.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true }));
  }, `mkdir -p ${folder}; cat > ${path} <<'END'\n${text}\nEND\n`);
  await keyboard.focus();
  await page.keyboard.type(`clear; echo "written $(wc -l < ${path})"`);
  await page.keyboard.press("Enter");
  await expect(screen).toContainText(`written ${text.split("\n").length}`);
}

/** The pane of the development server, with this command running in it. */
async function openBrowser(page: Page, files: Readonly<Record<string, string>>, command: string) {
  await page.goto(pages.embed);
  const region = page.getByRole("region", { name: "Development server" });
  for (const [path, text] of Object.entries(files)) await edit(page, region, path, text);
  await region.getByRole("textbox", { name: "Command" }).fill(command);
  await region.getByRole("button", { name: /^Start/ }).click();
  await expect(region).toContainText("Running on port 5000", { timeout: 60_000 });
  await region.getByRole("tab", { name: "Browser" }).click();
  await region.getByRole("button", { name: "Go", exact: true }).click();
  const shown: FrameLocator = region.frameLocator(".lab-browser-page").frameLocator("iframe");
  return { region, shown, address: region.getByLabel("Address") };
}

// [threat: preview-page]
test("links, forms, cookies, redirects, files and scripts of a page work; the site is out of its reach", async ({
  page,
}) => {
  test.setTimeout(180_000);
  const { region, shown, address } = await openBrowser(
    page,
    {
      "shop.py": app,
      "static/style.css": "h1 { color: rgb(1, 2, 3); background: url(dot.svg) }",
      "static/dot.svg":
        '<svg xmlns="http://www.w3.org/2000/svg" width="7" height="7"><rect width="7" height="7"/></svg>',
      "static/app.js": script,
    },
    "flask --app shop run",
  );
  await expect(shown.locator("h1")).toHaveText("Welcome stranger");
  await expect(shown.locator("h1")).toHaveCSS("color", "rgb(1, 2, 3)");
  await expect(shown.locator("#picture")).toHaveJSProperty("naturalWidth", 7);
  await expect(shown.locator("#out")).toHaveText("api 1 yes 1 seen=yes refused 0 null");
  await expect(shown.locator("#plain")).toHaveText("200 xhr");

  await shown.getByLabel("Name").fill("Ada");
  await shown.getByRole("button", { name: "Log in" }).click();
  await expect(shown.locator("h1")).toHaveText("Welcome Ada");
  await expect(address).toHaveValue("http://localhost:5000/");

  await shown.getByRole("link", { name: "Deep" }).click();
  // By its words, for the page before it has two paragraphs, and one locator for both is an error at once.
  await expect(shown.getByText("About 1, referred by http://localhost:5000/", { exact: true })).toBeVisible();
  await expect(address).toHaveValue("http://localhost:5000/about?x=1#end");
  await region.getByRole("button", { name: "Back" }).click();
  await expect(shown.locator("h1")).toHaveText("Welcome Ada");
  await shown.getByLabel("Query").fill("two words");
  await shown.getByRole("button", { name: "Search" }).click();
  await expect(shown.locator("pre")).toHaveText(/\{"asked":"two words"\}/);
  await region.getByRole("button", { name: "Back" }).click();
  await shown.getByRole("button", { name: "Upload" }).click();
  await expect(shown.locator("body")).toContainText("multipart/form-data hi 1");

  await address.fill("/none");
  await address.press("Enter");
  await expect(shown.locator("h1")).toHaveText("Not Found");
  await address.fill("/");
  await address.press("Enter");
  await shown.getByRole("link", { name: "Away" }).click();
  await expect(region).toContainText("https://example.com/ leads out of this computer");
  await address.fill("/moves?n=1");
  await address.press("Enter");
  await expect(shown.locator("#here")).toHaveText("/moves?n=1 http://localhost:5000/moves?n=1");
  await expect(shown.locator("pane-frame")).toContainText("http://localhost:5000/about");
  await shown.getByRole("button", { name: "Count" }).click();
  await expect(shown.locator("#here")).toContainText("/moves?n=2");
  await shown.getByRole("button", { name: "Set" }).click();
  await expect(address).toHaveValue("http://localhost:5000/about?x=set");
  await region.getByRole("button", { name: "Back" }).click();
  await shown.getByRole("button", { name: "Alert" }).click();
  await expect(region.locator(".lab-browser-state")).toContainText("The page says: Hello reader");
  await shown.getByRole("button", { name: "Socket" }).click();
  await expect(region.locator(".lab-browser-state")).toContainText("The page says: closed 1006");
  await region.getByRole("button", { name: "Close" }).click();
  await expect(region.locator(".lab-browser-state")).not.toContainText("The page says");
  const site = page.url();
  // The attack begins when the click is over: it ends with another page in the frame, and a click that its frame does
  // not outlive hangs.
  await shown.getByRole("button", { name: "Attack" }).click();
  await expect(address).toHaveValue("http://localhost:5000/about");
  expect(page.url()).toBe(site);
  const outer = region.locator(".lab-browser-page");
  // Neither may touch what is around it, open windows, or share an origin with the site.
  await expect(outer.contentFrame().locator("iframe")).toHaveAttribute("sandbox", "allow-scripts allow-forms");
  await expect(region.getByRole("tab", { name: "Browser" })).toBeVisible();

  await address.fill("localhost:1");
  await address.press("Enter");
  await expect(region).toContainText("No answer from http://localhost:1/");
});

test("Werkzeug's debugger works in the pane: traceback, PIN from the terminal, console", async ({
  page,
  complaints,
}) => {
  test.setTimeout(120_000);
  const { region, shown } = await openBrowser(page, { "app.py": broken }, "flask run --debug");
  // The reloader has begun, and its child has yet to boot.
  await expect(shown.locator("h1")).toContainText("BadRequestKeyError", { timeout: 45_000 });
  const frame = shown.locator(".traceback .frame", { hasText: "in hello" });
  await frame.locator("pre.current").hover();
  const icon = frame.locator("pre.current").getByTitle("Open an interactive python shell in this frame");
  await expect(icon).not.toHaveJSProperty("naturalWidth", 0);
  await icon.click();
  const prompt = shown.locator(".pin-prompt");
  await expect(prompt).toBeVisible();
  // With the prompt, the server logs the PIN again.
  await region.getByRole("tab", { name: "Terminal" }).click();
  const screen = region.getByRole("tabpanel", { name: "Terminal", exact: true }).locator(".xterm-accessibility-tree");
  await expect(screen).toContainText(/Debugger pin code: \d{3}-\d{3}-\d{3}/);
  const [, pin = ""] = /Debugger pin code: (\d{3}-\d{3}-\d{3})/.exec((await screen.textContent()) ?? "") ?? [];
  await region.getByRole("tab", { name: "Browser" }).click();
  await prompt.locator("input[name=pin]").fill("000-000-000");
  await prompt.getByRole("button").click();
  await expect(region.locator(".lab-browser-state")).toContainText("The page says: Error: incorrect pin");
  await prompt.locator("input[name=pin]").fill(pin);
  await prompt.getByRole("button").click();
  await expect(prompt).toBeHidden();
  const line = shown.locator("pre.console input");
  await line.fill("answer + 1");
  await line.press("Enter");
  await expect(shown.locator("pre.console .output")).toContainText("43");
  expect(complaints.list).toEqual([]);
});
