/** The forms of an app's pages, as rows of the table: with its own fields, filled in. */
import { inertPage } from "../../lab/browser/inert-page.ts";
import type { PlannedRow } from "../routes/route.ts";

const here = "http://localhost";

/** The forms of a page that are posted to the app itself. */
export function formsOf(path: string, html: string): readonly PlannedRow[] {
  return [...inertPage(html).querySelectorAll("form")].flatMap((form) => {
    if (form.getAttribute("method")?.toLowerCase() !== "post") return [];
    const action = resolved(form.getAttribute("action") ?? "", path);
    if (action === undefined || /log-?out|delete/i.test(action)) return [];
    const fields = [...form.querySelectorAll("[name]")].flatMap((field) => entryOf(field) ?? []);
    return [{ method: "POST", path: action, body: new URLSearchParams(fields).toString(), weight: 1 }];
  });
}

/** The rows with what these forms send, and those forms that no row was for. */
export function withForms(rows: readonly PlannedRow[], forms: readonly PlannedRow[]): readonly PlannedRow[] {
  const found = new Map(forms.map((form) => [form.path, form]));
  const filled = rows.map((row) =>
    row.method === "POST" ? { ...row, body: found.get(row.path)?.body ?? row.body } : row,
  );
  const known = new Set(filled.flatMap(({ method, path }) => (method === "POST" ? [path] : [])));
  return [...filled, ...[...found.values()].filter(({ path }) => !known.has(path))];
}

function resolved(action: string, path: string): string | undefined {
  const base = new URL(path, here);
  if (!URL.canParse(action, base)) return undefined;
  const { origin, pathname, search } = new URL(action, base);
  return origin === here ? pathname + search : undefined;
}

/** A field, and what somebody could have written into it. */
function entryOf(field: Element): [[name: string, value: string]] | undefined {
  const name = field.getAttribute("name") ?? "";
  const value = field.getAttribute("value") ?? "";
  if (name === "" || field.localName === "button" || field.hasAttribute("disabled")) return undefined;
  if (field.localName === "select") {
    const option = field.querySelector("option[selected], option");
    return [[name, option?.getAttribute("value") ?? option?.textContent ?? ""]];
  }
  switch (field.localName === "input" ? (field.getAttribute("type") ?? "text").toLowerCase() : "text") {
    case "submit":
    case "button":
    case "reset":
    case "image":
    case "file":
      return undefined;
    case "hidden":
      return [[name, value]];
    case "checkbox":
    case "radio":
      return field.hasAttribute("required") || field.hasAttribute("checked") ? [[name, value || "on"]] : undefined;
    case "email":
      return [[name, value || "ada@example.org"]];
    case "number":
    case "range":
      return [[name, value || field.getAttribute("min") || "1"]];
    case "date":
      return [[name, value || "2026-01-01"]];
    default:
      return [[name, value || "Ada"]];
  }
}
