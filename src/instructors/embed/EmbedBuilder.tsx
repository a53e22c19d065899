/** Builds the lines that put a lab into a course page, with a preview of the very frame. */
import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { type Reading, readFragment } from "../../lab/share/share-link.ts";
import { CopyButton } from "../../site/CopyButton.tsx";
import { type EmbedPlace, embedPlaces, embedSnippet } from "../../site/embed-snippet.ts";
import { isOwnComputer, siteRoot } from "../../site-root.ts";
import { embedStrings, shareStrings } from "../../strings/strings.ts";
import { type EmbedTheme, writeEmbedOptions } from "./embed-options.ts";
import "./embed-builder.css";

const words = embedStrings.builder;

/** A lab to choose. */
export interface EmbeddableLab {
  readonly name: string;
  readonly title: string;
  readonly plans: readonly { readonly name: string; readonly label: string }[];
  readonly machines: readonly (keyof typeof words.machines)[];
}

/** A frame begins with this height, in CSS pixels, until the lab in it has told its own. */
const usualHeight = 900;
const themes = ["", "light", "dark"] as const satisfies readonly ("" | EmbedTheme)[];

/** The page's form, its lines and its preview. */
export function EmbedBuilder({ labs }: { labs: readonly EmbeddableLab[] }) {
  const name = useSignal(labs[0]?.name ?? "");
  const plan = useSignal("");
  const machine = useSignal("");
  const theme = useSignal<(typeof themes)[number]>("");
  const editor = useSignal(true);
  const everything = useSignal(false);
  const compact = useSignal(false);
  const shared = useSignal("");
  const place = useSignal<EmbedPlace>("moodle");
  const height = useSignal(usualHeight);
  const frame = useRef<HTMLIFrameElement>(null);
  // What the server has rendered does not know its address.
  const root = useSignal<URL | undefined>(undefined);
  useEffect(() => {
    root.value = siteRoot();
    const hear = ({ source, data }: MessageEvent<unknown>) => {
      if (source === null || source !== frame.current?.contentWindow) return;
      if (typeof data !== "object" || data === null || !("type" in data) || data.type !== "two-servers:height") return;
      if ("height" in data && typeof data.height === "number") height.value = data.height;
    };
    addEventListener("message", hear);
    return () => removeEventListener("message", hear);
  }, [root, height]);

  const fromLink = sharedIn(shared.value);
  const lab = labs.find((each) => each.name === (fromLink?.lab ?? name.value));
  if (root.value === undefined || lab === undefined) return <p>{words.needsScript}</p>;
  const chosenMachine = fromLink?.machine ?? (lab.machines.length > 1 ? machine.value : "");
  const chosenPlan = lab.plans.some((each) => each.name === plan.value) ? plan.value : "";
  const address = new URL(`embed/${lab.name}/`, root.value);
  address.search = writeEmbedOptions({
    ...(chosenPlan !== "" && fromLink === undefined && { plan: chosenPlan }),
    ...(chosenMachine !== "" && { machine: chosenMachine }),
    ...(theme.value !== "" && { theme: theme.value }),
    // A compact lab has neither files nor other parts.
    editor: editor.value || compact.value,
    ...(everything.value && !compact.value && { show: "everything" }),
    ...(compact.value && { size: "compact" }),
  });
  address.hash = fromLink?.fragment ?? "";
  const snippet = embedSnippet(
    { address: address.href, title: words.frameTitle(lab.title), height: height.value },
    place.value,
  );
  const problem = shared.value.trim() === "" ? undefined : problemOf(shared.value, labs);
  return (
    <div class="embed-builder controls not-content">
      <div class="embed-fields">
        <Choice
          label={words.lab}
          value={lab.name}
          off={fromLink !== undefined}
          onChoose={(value) => (name.value = value)}
        >
          {labs.map((each) => (
            <option key={each.name} value={each.name}>
              {each.title}
            </option>
          ))}
        </Choice>
        <Choice
          label={words.plan}
          value={chosenPlan}
          off={fromLink !== undefined}
          onChoose={(value) => (plan.value = value)}
        >
          <option value="">{words.firstPlan}</option>
          {lab.plans.map((each) => (
            <option key={each.name} value={each.name}>
              {each.label}
            </option>
          ))}
        </Choice>
        <Choice
          label={words.machine}
          value={chosenMachine || (lab.machines[0] ?? "")}
          off={fromLink !== undefined || lab.machines.length < 2}
          onChoose={(value) => (machine.value = value)}
        >
          {lab.machines.map((each) => (
            <option key={each} value={each}>
              {words.machines[each]}
            </option>
          ))}
        </Choice>
        <Choice
          label={words.theme}
          value={theme.value}
          onChoose={(value) => (theme.value = themes.find((each) => each === value) ?? "")}
        >
          {themes.map((each) => (
            <option key={each} value={each}>
              {words.themes[each]}
            </option>
          ))}
        </Choice>
        <Choice
          label={words.place}
          value={place.value}
          onChoose={(value) => (place.value = embedPlaces.find((each) => each === value) ?? "page")}
        >
          {embedPlaces.map((each) => (
            <option key={each} value={each}>
              {words.places[each]}
            </option>
          ))}
        </Choice>
        <Choice
          label={words.size}
          value={compact.value ? "compact" : "large"}
          onChoose={(value) => (compact.value = value === "compact")}
        >
          {(["large", "compact"] as const).map((each) => (
            <option key={each} value={each}>
              {words.sizes[each]}
            </option>
          ))}
        </Choice>
        <label class="embed-check">
          <input
            type="checkbox"
            disabled={compact.value}
            checked={editor.value}
            onChange={({ currentTarget }) => (editor.value = currentTarget.checked)}
          />
          {words.editor}
        </label>
        <label class="embed-check">
          <input
            type="checkbox"
            disabled={compact.value}
            checked={everything.value}
            onChange={({ currentTarget }) => (everything.value = currentTarget.checked)}
          />
          {words.everything}
        </label>
        <label class="embed-shared">
          {words.shared}
          <input
            type="url"
            value={shared.value}
            aria-describedby="embed-shared-hint"
            onInput={({ currentTarget }) => (shared.value = currentTarget.value)}
          />
        </label>
        <p id="embed-shared-hint" class="embed-hint">
          {words.sharedHint}
        </p>
        <p role="status" class="embed-problem">
          {problem}
        </p>
        {chosenMachine === "node" && <p class="embed-hint">{words.nodeHint}</p>}
      </div>
      <Snippet snippet={snippet} place={place.value} local={isOwnComputer(root.value)} />
      <h2>{words.preview}</h2>
      <iframe
        class="embed-preview"
        ref={frame}
        // Another fragment alone would not load the frame again.
        key={address.href}
        src={address.href}
        title={words.previewOf(lab.title)}
        height={height.value}
        allow="clipboard-write"
      />
    </div>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly off?: boolean;
  readonly onChoose: (value: string) => void;
  readonly children: preact.ComponentChildren;
}

function Choice({ label, value, off = false, onChoose, children }: ChoiceProps) {
  return (
    <label>
      {label}
      <select value={value} disabled={off} onChange={({ currentTarget }) => onChoose(currentTarget.value)}>
        {children}
      </select>
    </label>
  );
}

function Snippet({ snippet, place, local }: { snippet: string; place: EmbedPlace; local: boolean }) {
  const area = useRef<HTMLTextAreaElement>(null);
  return (
    <div class="embed-snippet">
      <label>
        {words.snippet}
        <textarea readOnly spellcheck={false} rows={place === "page" ? 9 : 4} value={snippet} ref={area} />
      </label>
      <CopyButton text={snippet} onRefused={() => area.current?.select()} words={words} />
      <p class="embed-hint">
        {words.hints[place]} {words.notTried}
      </p>
      {local && <p class="embed-problem">{words.local}</p>}
    </div>
  );
}

/** What a pasted link from Share holds. */
function sharedIn(
  link: string,
): { readonly lab: string; readonly machine: string; readonly fragment: string } | undefined {
  const fragment = fragmentOf(link);
  const reading = readingOf(link);
  if (reading?.kind !== "shared") return undefined;
  const { lab, machine } = reading.shared;
  return { lab, machine, fragment };
}

function fragmentOf(link: string): string {
  const at = link.indexOf("#");
  return at < 0 ? "" : link.slice(at).trim();
}

function readingOf(link: string): Reading | undefined {
  const fragment = fragmentOf(link);
  return fragment.includes("=") ? readFragment(fragment) : undefined;
}

function problemOf(link: string, labs: readonly EmbeddableLab[]): string | undefined {
  const reading = readingOf(link);
  if (reading === undefined) return words.sharedWrong;
  if (reading.kind === "shared")
    return labs.some(({ name }) => name === reading.shared.lab) ? undefined : words.sharedWrong;
  return shareStrings.linkProblems[reading.kind];
}
