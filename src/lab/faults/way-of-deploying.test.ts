import { expect, it } from "vitest";
import { wayOfDeploying } from "./way-of-deploying.ts";

it.each([
  ["flask --app app run", "restart"],
  ["flask --app app run --debug", "reloader"],
  ["flask --app app --debug run", "reloader"],
  ["flask --app app run --debug --no-reload", "restart"],
  ["flask --app app run --reload", "reloader"],
  ["gunicorn -w 4 -b 0.0.0.0:8000 app:app", "SIGHUP"],
  ["gunicorn --reload app:app", "reloader"],
  ["gunicorn -w 4 --preload app:app", "restart"],
  ["waitress-serve app:app", "restart"],
])("%s is deployed by %s", (command, way) => {
  expect(wayOfDeploying(command.split(" "))).toBe(way);
});

it("hears of the debugger from the environment, too", () => {
  expect(wayOfDeploying(["flask", "run"], { FLASK_DEBUG: "1" })).toBe("reloader");
  expect(wayOfDeploying(["flask", "run"], { FLASK_DEBUG: "0" })).toBe("restart");
});
