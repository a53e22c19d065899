// @vitest-environment happy-dom
import { describe, expect, it } from "vitest";
import { formsOf, withForms } from "./forms.ts";

const html = `
  <form method="post">
    <input name="name"><input name="mail" type="email"><textarea name="text"></textarea>
    <input type="hidden" name="token" value="a b"><input type="checkbox" name="spam">
    <select name="kind"><option value="x">X</option></select><button name="go">Go</button>
  </form>
  <form action="/search"><input name="q"></form>
  <form method="POST" action="../login"><input name="password" type="password"></form>
  <form method="post" action="https://elsewhere.org/"><input name="a"></form>
  <form method="post" action="/logout"></form>`;

describe("formsOf", () => {
  it("fills in the fields of forms that are posted to the app", () => {
    expect(formsOf("/blog/new", html)).toEqual([
      {
        method: "POST",
        path: "/blog/new",
        body: "name=Ada&mail=ada%40example.org&text=Ada&token=a+b&kind=x",
        weight: 1,
      },
      { method: "POST", path: "/login", body: "password=Ada", weight: 1 },
    ]);
  });
});

describe("withForms", () => {
  it("fills rows that are there, and adds those that are not", () => {
    const row = (method: string, path: string, body = "") => ({ method, path, body, weight: 1 });
    const rows = [row("GET", "/"), row("POST", "/a", "name=Ada"), row("POST", "/b", "{}")];
    expect(withForms(rows, [row("POST", "/a", "x=1"), row("POST", "/c", "y=1")])).toEqual([
      row("GET", "/"),
      row("POST", "/a", "x=1"),
      row("POST", "/b", "{}"),
      row("POST", "/c", "y=1"),
    ]);
  });
});
