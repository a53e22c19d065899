import { expect, it } from "vitest";
import { packagedBrowsers, testsLeftOut, withoutChromium } from "./missing-browsers.ts";

const { chromium, firefox, webkit } = packagedBrowsers;
const user = { hasApt: true, isRoot: false };
const elsewhere = { hasApt: false, isRoot: false };

it("tells an ordinary user of Debian the one command that brings all that is missing", () => {
  expect(withoutChromium([chromium, firefox, webkit], user)).toBe(
    [
      "The browser tests need Chromium. Only root may install it here: sudo apt-get install chromium firefox-esr webkit2gtk-driver xvfb",
      "Then run the tests again.",
    ].join("\n"),
  );
});

it("tells root, for whom apt-get has just failed, to try again", () => {
  expect(withoutChromium([chromium], { hasApt: true, isRoot: true })).toBe(
    "The browser tests need Chromium. apt-get says above why it could not bring it. Try again: apt-get install chromium\nThen run the tests again.",
  );
});

it("names what is asked for where there is no apt", () => {
  expect(withoutChromium([chromium, firefox], elsewhere)).toBe(
    [
      "The browser tests need Chromium. Install what is missing: Chromium, with chromium or chromium-browser or google-chrome on the PATH; Firefox 153 or newer, with firefox-esr or firefox on the PATH",
      "Then run the tests again.",
    ].join("\n"),
  );
});

it("says of another browser that its tests are left out, and how to run them", () => {
  expect(testsLeftOut(firefox, user)).toBe(
    "none from version 153 on, so the tests in it are left out. To run them: sudo apt-get install firefox-esr",
  );
  expect(testsLeftOut(webkit, elsewhere)).toBe(
    "none, so the tests in it are left out. To run them: WebKit, with WebKitWebDriver and Xvfb on the PATH",
  );
});
