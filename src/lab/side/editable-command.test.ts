import { signal } from "@preact/signals";
import { expect, it } from "vitest";
import { EditableCommand } from "./editable-command.ts";

it("a line has changed when its program began with another one, not while that is on its way for the first time", () => {
  const alive = signal(false);
  const line = new EditableCommand("flask run", alive);
  alive.value = true;
  expect(line.changed.value).toBe(false);
  line.begins();
  expect(line.changed.value).toBe(false);
  line.edit("flask run --debug");
  expect(line.changed.value).toBe(true);
  line.begins();
  expect(line.changed.value).toBe(false);
});
