/** An editor for a file of the lab: CodeMirror in the page's colours. Loaded when a file is first looked at. */
import { javascript } from "@codemirror/lang-javascript";
import { python } from "@codemirror/lang-python";
import {
  bracketMatching,
  ensureSyntaxTree,
  HighlightStyle,
  indentOnInput,
  syntaxHighlighting,
} from "@codemirror/language";
import { type Diagnostic, linter } from "@codemirror/lint";
import { Annotation, Compartment, type Extension } from "@codemirror/state";
import { EditorView, highlightSpecialChars, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { minimalSetup } from "codemirror";
import { hiddenCharacterStrings, labStrings } from "../../../strings/strings.ts";
import { codePoint, hiddenCharacters } from "../../basics/hidden-characters.ts";
import { firstMistake, type Mistake, placeOf } from "../../session/syntax-mistakes.ts";

/** What an editor shows and tells. */
export interface CodeEditorOptions {
  /** Its file, of which the ending decides the language. */
  readonly path: string;
  readonly text: string;
  /** What it is called for screen readers. */
  readonly name: string;
  /** Called after each change that the reader makes. */
  readonly onChange: (text: string) => void;
  /** Called after each look for mistakes: with where the first one is, or that there is none. */
  readonly onMistake: (mistake: Mistake | undefined) => void;
}

/** The text is looked through when nothing was typed for this long, in milliseconds. */
const lookAfter = 400;
/** The parser may take this long at a time, in milliseconds; of a file that takes longer nothing is said. */
const parseWithin = 100;

/** A longer line is wrapped, with all others: its end must not stand out of sight. In characters. */
const longestLine = 200;

/** Hidden characters are spelt out, as where a shared lab is compared. */
const speltOut = highlightSpecialChars({
  addSpecialChars: hiddenCharacters,
  render: (code) => {
    const point = codePoint(String.fromCodePoint(code));
    const element = document.createElement("mark");
    element.className = "lab-spelt-out";
    element.textContent = hiddenCharacterStrings.shown(point, undefined);
    element.title = hiddenCharacterStrings.named(point);
    return element;
  },
});

/** Lines are wrapped where one of them is long. */
function wrapping(text: string): Extension {
  return text.split("\n").some(({ length }) => length > longestLine) ? EditorView.lineWrapping : [];
}

const fromOutside = Annotation.define<true>();

/** Hues of code: neither of the sides' nor that of failure. */
const colors = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword, tags.moduleKeyword], color: "light-dark(#6b3fa0, #c8a8f5)" },
  { tag: [tags.string, tags.special(tags.string)], color: "light-dark(#1f6b3a, #8fd3a4)" },
  { tag: [tags.number, tags.bool, tags.null], color: "light-dark(#1f6b3a, #8fd3a4)" },
  { tag: [tags.function(tags.definition(tags.variableName)), tags.definition(tags.className)], fontWeight: "600" },
  { tag: tags.meta, color: "light-dark(#6b3fa0, #c8a8f5)" },
  { tag: tags.comment, color: "var(--color-muted)", fontStyle: "italic" },
]);

const look = EditorView.theme({
  "&": { height: "100%", backgroundColor: "transparent", color: "var(--color-text)", fontSize: "0.8125rem" },
  "&.cm-focused": { outline: "2px solid var(--color-text)", outlineOffset: "-2px" },
  ".cm-scroller": { fontFamily: "var(--font-code)", lineHeight: "1.5" },
  ".cm-content": { padding: "0.75rem 0", caretColor: "var(--color-text)" },
  ".cm-cursor": { borderLeftColor: "var(--color-text)" },
  ".cm-gutters": { backgroundColor: "var(--color-sunken)", color: "var(--color-muted)", border: "0" },
  ".cm-lineNumbers .cm-gutterElement": { minWidth: "2.5rem", padding: "0 0.75rem 0 0.5rem" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    backgroundColor: "var(--color-line)",
  },
  "&.cm-focused .cm-matchingBracket": { backgroundColor: "var(--color-line)" },
  ".cm-lintRange-error": {
    backgroundImage: "none",
    textDecoration: "underline wavy var(--color-failed) 1.5px",
    textUnderlineOffset: "0.2em",
    textDecorationSkipInk: "none",
  },
  ".cm-tooltip": {
    border: "1px solid var(--color-control-line)",
    backgroundColor: "var(--color-surface)",
    color: "var(--color-text)",
  },
  ".cm-tooltip .cm-diagnostic": { borderInlineStartColor: "var(--color-failed)", fontFamily: "var(--font-text)" },
});

const languages: ReadonlyMap<string, () => Extension> = new Map<string, () => Extension>([
  ["py", () => python()],
  ["js", () => javascript()],
  ["mjs", () => javascript()],
]);

/** Looks for a mistake in the text, tells where it is, and marks it. */
function lookFor({ state }: EditorView, onMistake: CodeEditorOptions["onMistake"]): readonly Diagnostic[] {
  // The state itself keeps the tree that it was made with, which may be of a part of the text.
  const tree = ensureSyntaxTree(state, state.doc.length, parseWithin);
  const mistake = tree ? firstMistake(state, tree) : undefined;
  onMistake(mistake && placeOf(state, mistake));
  if (mistake === undefined) return [];
  return [{ ...mistake, severity: "error", message: labStrings.file.notUnderstood }];
}

/** An editor in an element of the page. Tab leaves it; Enter indents by itself. */
export class CodeEditor {
  readonly #view: EditorView;
  readonly #wrapping = new Compartment();

  constructor(parent: HTMLElement, { path, text, name, onChange, onMistake }: CodeEditorOptions) {
    const language = languages.get(path.split(".").at(-1) ?? "");
    this.#view = new EditorView({
      parent,
      doc: text,
      extensions: [
        minimalSetup,
        speltOut,
        this.#wrapping.of(wrapping(text)),
        lineNumbers(),
        indentOnInput(),
        bracketMatching(),
        syntaxHighlighting(colors),
        look,
        EditorView.contentAttributes.of({ "aria-label": name, tabindex: "0" }),
        EditorView.updateListener.of(({ docChanged, transactions, state }) => {
          const byReader = transactions.some((each) => each.annotation(fromOutside) === undefined);
          if (docChanged && byReader) onChange(state.doc.toString());
        }),
        ...(language ? [language(), linter((view) => lookFor(view, onMistake), { delay: lookAfter })] : []),
      ],
    });
  }

  /** Shows a text that came from elsewhere. */
  set(text: string): void {
    const { doc } = this.#view.state;
    if (doc.toString() === text) return;
    this.#view.dispatch({
      changes: { from: 0, to: doc.length, insert: text },
      effects: this.#wrapping.reconfigure(wrapping(text)),
      annotations: fromOutside.of(true),
    });
  }

  /**
   * Goes to a stretch of the text, in UTF-16 code units from its beginning: selected, in sight, ready to be changed.
   */
  show(from: number, to: number): void {
    const { length } = this.#view.state.doc;
    const selection = { anchor: Math.min(from, length), head: Math.min(to, length) };
    this.#view.dispatch({ selection, effects: EditorView.scrollIntoView(selection.anchor, { y: "center" }) });
    this.#view.focus();
  }

  dispose(): void {
    this.#view.destroy();
  }
}
