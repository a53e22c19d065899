import { describe, expect, it } from "vitest";
import { isKeptBy, isUnscoped, keptName, readKeptText } from "./kept-names.ts";
import { MapStorage } from "./testing/map-storage.ts";

const root = (path: string) => new URL(path, "https://host.example");

describe("the names of one copy of the site", () => {
  it.each(["/", "/a/", "/a/b/", "/b/", "/a%20b/"])("are no other's: %s", (path) => {
    for (const other of ["/", "/a/", "/a/b/", "/b/", "/a%20b/"]) {
      const name = keptName("two-servers:changes:first-load", root(other));
      expect(isKeptBy(name, root(path)), other).toBe(other === path);
      expect(isUnscoped(name)).toBe(false);
    }
  });

  it.each(["two-servers:learner", "two-servers: machine", "two-servers-site", "two-servers:changes:first-load"])(
    "are told from those of an older version: %s",
    (name) => {
      expect(isUnscoped(name)).toBe(true);
      expect(isKeptBy(name, root("/"))).toBe(false);
    },
  );

  it("are not those of others", () => {
    expect(isKeptBy("else /a/", root("/a/"))).toBe(false);
    expect(isUnscoped("else")).toBe(false);
  });
});

describe("readKeptText", () => {
  it("takes over what an older version has kept, once", () => {
    const storage = new MapStorage();
    storage.map.set("two-servers:learner", "old");
    expect(readKeptText(storage, "two-servers:learner", root("/a/"))).toBe("old");
    expect(storage.map).toEqual(new Map([["two-servers:learner /a/", "old"]]));
    expect(readKeptText(storage, "two-servers:learner", root("/b/"))).toBeNull();
    storage.map.delete("two-servers:learner /a/");
    expect(readKeptText(storage, "two-servers:learner", root("/a/"))).toBeNull();
  });

  it("leaves it where it is if storage is full", () => {
    const storage = new MapStorage();
    storage.map.set("two-servers:learner", "old");
    storage.full = true;
    expect(readKeptText(storage, "two-servers:learner", root("/a/"))).toBe("old");
    expect(storage.map).toEqual(new Map([["two-servers:learner", "old"]]));
  });
});
