// @project beside
// @also firefox
/**
 * What a script of the site could be led to do with a text that somebody else wrote: it makes no element, no code and
 * no worker of it.
 */
import { expect, type Page, test } from "@playwright/test";
import { pages } from "../../testing/browser/site.ts";

/** Ways from a text to what it describes, each with what came of it. */
function attempts(page: Page): Promise<Readonly<Record<string, string>>> {
  return page.evaluate(async () => {
    const foreign =
      "<img src=x onerror='document.title = \"run\"'><script>document.title = 'run'</script><mark>m</mark>";
    const made = (act: (element: HTMLElement) => void) => () => {
      const element = document.createElement("div");
      document.body.append(element);
      act(element);
      return [...element.querySelectorAll("*")].map(({ localName }) => localName).join();
    };
    const script = (act: (element: HTMLScriptElement) => void) => () => {
      const element = document.createElement("script");
      act(element);
      document.body.append(element);
      return "made";
    };
    const root = document.querySelector<HTMLMetaElement>("meta[name=site-root]")?.content ?? "";
    const own = (file: string) => new URL(root + file, location.href).href;
    const ways: Readonly<Record<string, () => unknown>> = {
      innerHTML: made((element) => {
        element.innerHTML = foreign;
      }),
      outerHTML: made((element) => {
        const inner = element.appendChild(document.createElement("i"));
        inner.outerHTML = foreign;
      }),
      insertAdjacentHTML: made((element) => element.insertAdjacentHTML("beforeend", foreign)),
      fragment: made((element) => element.append(document.createRange().createContextualFragment(foreign))),
      template: made((element) => {
        const template = document.createElement("template");
        template.innerHTML = foreign;
        element.append(template.content);
      }),
      parser: () => new DOMParser().parseFromString(foreign, "text/html").querySelectorAll("img, script").length,
      srcdoc: () => {
        const frame = document.createElement("iframe");
        frame.srcdoc = foreign;
        return /<(?:img|script)/.test(frame.srcdoc) ? "kept" : "escaped";
      },
      "script's text": script((element) => {
        element.text = "document.title = 'run'";
      }),
      "script's address": script((element) => {
        element.src = "pagefind/pagefind.js";
      }),
      handler: () => document.body.setAttribute("onclick", "document.title = 'run'"),
      // biome-ignore lint/security/noGlobalEval: whether it can is the question
      eval: () => window.eval("1"),
      timer: () => Reflect.apply(setTimeout, window, ["document.title = 'run'"]),
      "worker elsewhere": () => new Worker("https://localhost:1/worker.js"),
      "worker from a text": () => new Worker("data:text/javascript,0"),
      "worker of another file": () => new Worker(own("pagefind/pagefind.js")),
      "shared worker": () => new SharedWorker(own("pagefind/pagefind-worker.js?x")),
      "another policy": () => trustedTypes?.createPolicy("other", { createHTML: String }),
      "a second default policy": () => trustedTypes?.createPolicy("default", { createHTML: String }),
    };
    // Later: what a debugger runs itself is not held to a policy.
    await new Promise((resolve) => setTimeout(resolve));
    const outcomes: Record<string, string> = {};
    for (const [name, way] of Object.entries(ways)) {
      try {
        outcomes[name] = String(await way());
      } catch (error) {
        outcomes[name] = error instanceof Error ? error.name : String(error);
      }
    }
    document.body.click();
    await new Promise((resolve) => setTimeout(resolve));
    return { ...outcomes, title: document.title === "run" ? "run" : "as it was" };
  });
}

for (const page of ["landing", "lesson", "embed"] as const) {
  // [threat: page-injection]
  test(`on the ${page} page a text becomes no element, no code and no worker`, async ({ page: tab }) => {
    await tab.goto(pages[page]);
    expect(await attempts(tab)).toEqual({
      innerHTML: "mark",
      outerHTML: "mark",
      insertAdjacentHTML: "mark",
      fragment: "mark",
      template: "mark",
      parser: "0",
      srcdoc: "escaped",
      "script's text": "TypeError",
      "script's address": "TypeError",
      handler: "TypeError",
      eval: "EvalError",
      timer: "TypeError",
      "worker elsewhere": "TypeError",
      "worker from a text": "TypeError",
      "worker of another file": "TypeError",
      "shared worker": "TypeError",
      "another policy": "TypeError",
      "a second default policy": "TypeError",
      title: "as it was",
    });
  });
}

test.describe("where the site is kept", () => {
  test.use({ serviceWorkers: "allow" });

  // [threat: page-injection]
  test("no other script becomes a service worker, and the site's own does", async ({ page }) => {
    await page.goto(pages.embed);
    const register = (file: string) =>
      page.evaluate(async (name) => {
        const way = document.querySelector<HTMLMetaElement>("meta[name=site-root]")?.content ?? "";
        const root = new URL(way, location.href);
        try {
          const { scope } = await navigator.serviceWorker.register(new URL(name, root), { scope: root.pathname });
          return scope === root.href ? "registered" : scope;
        } catch (error) {
          return error instanceof Error ? error.name : String(error);
        }
      }, file);
    expect(await register("pagefind/pagefind-worker.js?x")).toBe("TypeError");
    expect(await register("service-worker.js?keep=other")).toBe("TypeError");
    expect(await register("service-worker.js?keep=nothing")).toBe("registered");
  });
});
