/** The audit on its page: a text to paste or to change, and what was found in it. The text stays in the page. */
import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { CodeEditor } from "../../../lab/view/panes/code-editor.ts";
import { Prose } from "../../../prose/Prose.tsx";
import { auditStrings } from "../../../strings/strings.ts";
import { type Finding, lineOf, type TextKind, textKinds } from "../findings/finding.ts";
import { type Rule, rules } from "../findings/rules.ts";
import { type EvidenceLinks, linksOf } from "./evidence-link.ts";
import "../../../styles/tool.css";
import "./audit.css";

/** What a page gives to its audit. */
export interface AuditProps {
  /** A text of each kind to begin with, under the name of its file. */
  readonly examples: Readonly<Record<TextKind, { readonly path: string; readonly text: string }>>;
  /** The pages to which findings lead. */
  readonly links: EvidenceLinks;
}

type Looked =
  | { readonly kind: "looking" }
  | { readonly kind: "failed" }
  | { readonly kind: "found"; readonly text: string; readonly findings: readonly Finding[] };

/** The text is looked through when nothing was typed for this long, in milliseconds. */
const lookAfter = 300;

/** The choice of a kind, its text, and the findings. */
export function Audit({ examples, links }: AuditProps) {
  const kind = useSignal<TextKind>("command");
  const texts = useSignal<Readonly<Record<TextKind, string>>>({
    command: examples.command.text,
    app: examples.app.text,
    "gunicorn-conf": examples["gunicorn-conf"].text,
    nginx: examples.nginx.text,
    unit: examples.unit.text,
  });
  const looked = useSignal<Looked>({ kind: "looking" });
  const editor = useRef<TextEditorHandle>(null);
  const text = texts.value[kind.value];
  const write = (changed: string) => {
    texts.value = { ...texts.value, [kind.value]: changed };
  };

  useEffect(() => {
    let late = false;
    const timer = setTimeout(
      () => {
        import("../audit.ts").then(
          ({ audit }) => {
            if (!late) looked.value = { kind: "found", text, findings: audit(kind.value, text) };
          },
          () => {
            if (!late) looked.value = { kind: "failed" };
          },
        );
      },
      looked.peek().kind === "looking" ? 0 : lookAfter,
    );
    return () => {
      late = true;
      clearTimeout(timer);
    };
  }, [kind.value, text, looked]);

  return (
    <section class="tool controls audit" aria-label={auditStrings.label}>
      <p>{auditStrings.introduction}</p>
      <fieldset class="audit-kinds">
        <legend>{auditStrings.choose}</legend>
        {textKinds.map((each) => (
          <label key={each}>
            <input
              type="radio"
              name="audit-kind"
              checked={kind.value === each}
              onChange={() => {
                kind.value = each;
                looked.value = { kind: "looking" };
              }}
            />
            {auditStrings.kinds[each]}
          </label>
        ))}
      </fieldset>
      <TextEditor
        key={kind.value}
        name={auditStrings.editor(auditStrings.kinds[kind.value])}
        path={examples[kind.value].path}
        text={text}
        onChange={write}
        handle={editor}
      />
      <div class="audit-buttons">
        <button type="button" onClick={() => write(examples[kind.value].text)}>
          {auditStrings.example}
        </button>
        <button type="button" onClick={() => write("")}>
          {auditStrings.empty}
        </button>
      </div>
      <section aria-label={auditStrings.results}>
        <p class="audit-count" role="status">
          {countOf(looked.value)}
        </p>
        {looked.value.kind === "found" && (
          <FindingList found={looked.value} links={links} onShow={({ from, to }) => editor.current?.show(from, to)} />
        )}
      </section>
    </section>
  );
}
export default Audit;

function levelOf({ rule }: Finding): Rule["level"] {
  return rules[rule].level;
}

function countOf(looked: Looked): string {
  if (looked.kind === "looking") return "";
  if (looked.kind === "failed") return auditStrings.failed;
  if (looked.text.trim() === "") return auditStrings.nothing;
  const mend = looked.findings.filter((finding) => levelOf(finding) === "mend").length;
  return auditStrings.counted(mend, looked.findings.length - mend);
}

interface FindingListProps extends Pick<AuditProps, "links"> {
  readonly found: Extract<Looked, { kind: "found" }>;
  readonly onShow: (finding: Finding) => void;
}

function FindingList({ found: { text, findings }, links, onShow }: FindingListProps) {
  return (
    <ol class="audit-findings">
      {findings.map((finding) => {
        const { rule, about, from } = finding;
        const words = auditStrings.rules[rule];
        const what = words.what(about);
        const line = lineOf(text, finding);
        return (
          <li key={`${rule}-${from}-${about}`} data-level={levelOf(finding)} data-rule={rule}>
            <p class="audit-what">
              <span class="audit-level">{auditStrings[levelOf(finding)]}</span>
              <button type="button" aria-label={auditStrings.goTo(line, what)} onClick={() => onShow(finding)}>
                {auditStrings.line(line)}
              </button>
              <strong>{what}</strong>
            </p>
            <p>
              <Prose text={words.why} />
            </p>
            <p class="audit-see">
              {auditStrings.shown}{" "}
              {linksOf(rules[rule], links).map(({ href, text }, index) => (
                <span key={href}>
                  {index > 0 && ", "}
                  <a href={href}>{text}</a>
                </span>
              ))}
            </p>
          </li>
        );
      })}
    </ol>
  );
}

interface TextEditorHandle {
  show(from: number, to: number): void;
}

interface TextEditorProps {
  readonly name: string;
  readonly path: string;
  readonly text: string;
  readonly onChange: (text: string) => void;
  readonly handle: { current: TextEditorHandle | null };
}

/** A plain text field, until the editor is loaded, and where that fails. */
function TextEditor({ name, path, text, onChange, handle }: TextEditorProps) {
  const place = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const editor = useRef<CodeEditor | undefined>(undefined);
  const loaded = useSignal(false);
  const latest = useRef(text);
  latest.current = text;
  const write = useRef(onChange);
  write.current = onChange;

  useEffect(() => {
    handle.current = {
      show: (from, to) => {
        if (editor.current) editor.current.show(from, to);
        else {
          field.current?.focus();
          field.current?.setSelectionRange(from, to);
        }
      },
    };
    let left = false;
    import("../../../lab/view/panes/code-editor.ts").then(
      ({ CodeEditor }) => {
        // Who writes already goes on in the plain field.
        if (left || place.current === null || document.activeElement === field.current) return;
        editor.current = new CodeEditor(place.current, {
          path,
          text: latest.current,
          name,
          onChange: (changed) => write.current(changed),
          onMistake: () => {},
        });
        loaded.value = true;
      },
      () => {
        // The plain field stays.
      },
    );
    return () => {
      left = true;
      editor.current?.dispose();
      editor.current = undefined;
    };
  }, [handle, loaded, name, path]);
  useEffect(() => editor.current?.set(text), [text]);

  return (
    <div class="audit-text">
      <div ref={place} hidden={!loaded.value} class="audit-editor" />
      {!loaded.value && (
        <textarea
          ref={field}
          aria-label={name}
          value={text}
          spellcheck={false}
          autocapitalize="off"
          rows={14}
          onInput={({ currentTarget }) => onChange(currentTarget.value)}
        />
      )}
    </div>
  );
}
