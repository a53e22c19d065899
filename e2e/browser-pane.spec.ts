/** The browser of a side: a page's links, forms, cookies, files and scripts, in a frame that can reach nothing else. */
import type { FrameLocator, Locator, Page } from "@playwright/test";
import { expect, pages, test } from "./site.ts";

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

@app.get("/boom")
def boom():
    return str(1 / 0)
`;

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
  await region.getByLabel(/^Shell beside/).focus();
  const lines = [
    `mkdir -p ${path.slice(0, path.lastIndexOf("/")) || "."}; cat > ${path} <<'END'`,
    ...text.split("\n"),
    "END",
  ];
  for (const line of lines) {
    await page.keyboard.type(line);
    await page.keyboard.press("Enter");
  }
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
  await expect(shown.locator("p")).toHaveText("About 1, referred by http://localhost:5000/");
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
  await address.fill("localhost:1");
  await address.press("Enter");
  await expect(region).toContainText("No answer from http://localhost:1/");
});
