/** What is said of browsers for the tests that are not there. */

/** A browser, as Debian packages it. */
export interface PackagedBrowser {
  readonly name: "Chromium" | "Firefox" | "WebKit";
  /** Debian's packages that bring it. */
  readonly packages: readonly string[];
  /** What has to be on the PATH. */
  readonly commands: readonly string[];
  /** The first version that will do. */
  readonly from?: number;
}

/** The browsers that the tests run in. */
export const packagedBrowsers = {
  chromium: {
    name: "Chromium",
    packages: ["chromium"],
    commands: ["chromium", "chromium-browser", "google-chrome"],
  },
  // The first Firefox whose WebAssembly can wait.
  firefox: { name: "Firefox", packages: ["firefox-esr"], commands: ["firefox-esr", "firefox"], from: 153 },
  webkit: { name: "WebKit", packages: ["webkit2gtk-driver", "xvfb"], commands: ["WebKitWebDriver", "Xvfb"] },
} as const satisfies Record<string, PackagedBrowser>;

/** Who asks, and where. */
export interface Asker {
  /** On Debian, or a system made from it. */
  readonly hasApt: boolean;
  /** May install packages: `apt-get` has been tried, and has said why it could not. */
  readonly isRoot: boolean;
}

/** What somebody can do to have these browsers. */
function wayTo(missing: readonly PackagedBrowser[], { hasApt, isRoot }: Asker): string {
  const packages = missing.flatMap((browser) => browser.packages).join(" ");
  if (hasApt) return `${isRoot ? "" : "sudo "}apt-get install ${packages}`;
  return missing
    .map(({ name, commands, from }) => {
      const version = from === undefined ? "" : ` ${from} or newer`;
      return `${name}${version}, with ${commands.join(name === "WebKit" ? " and " : " or ")} on the PATH`;
    })
    .join("; ");
}

/**
 * Why no browser test can run, and what to do.
 *
 * @param missing all that are missing, Chromium among them: one command brings them
 */
export function withoutChromium(missing: readonly PackagedBrowser[], asker: Asker): string {
  const root = asker.isRoot
    ? "apt-get says above why it could not bring it. Try again"
    : "Only root may install it here";
  const how = asker.hasApt ? root : "Install what is missing";
  return `The browser tests need Chromium. ${how}: ${wayTo(missing, asker)}\nThen run the tests again.`;
}

/** That the tests in a browser are left out, and what to do. */
export function testsLeftOut(browser: PackagedBrowser, asker: Asker): string {
  const from = browser.from === undefined ? "" : ` from version ${browser.from} on`;
  return `none${from}, so the tests in it are left out. To run them: ${wayTo([browser], asker)}`;
}
