import { expect, test } from "vitest";
import { serverOptions } from "../../../machine/python/programs/sh/server-options.ts";
import flask from "./flask-run.json";
import gunicorn from "./gunicorn.json";
import waitress from "./waitress.json";

test.each([
  ["gunicorn", gunicorn],
  ["flask", flask],
  ["waitress-serve", waitress],
])("Tab in a terminal offers the options that %s has", (command, { options }) => {
  const long = options.flatMap(({ flags }) => flags).filter((flag) => flag.startsWith("--"));
  expect(new Set(serverOptions.get(command))).toEqual(new Set([...long, "--help"]));
});
