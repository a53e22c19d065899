import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { labStrings } from "../../../strings/strings.ts";
import { formatCount } from "../../basics/number-format.ts";
import { copyText } from "../ui/copy-text.ts";
import type { TerminalScreen } from "./terminal-screen.ts";
import type { SearchHits, TerminalSearch } from "./terminal-search.ts";

const words = labStrings.terminal;

interface TerminalToolsProps {
  readonly screen: TerminalScreen;
  /** It shows a server's lines, made easier to read. */
  readonly log: boolean;
  /** The tool that the reader asked for by key; another object each time. */
  readonly asked: { readonly tool: "search" | "copy" } | undefined;
}

/** What can be done with what a terminal shows: search it, copy it, see it as it was written. */
export function TerminalTools({ screen, log, asked }: TerminalToolsProps) {
  const searching = useSignal(false);
  const said = useSignal("");
  const tidy = useSignal(true);
  const copy = async () => {
    said.value = (await copyText(screen.text())) ? words.copied : words.notCopied;
  };
  useEffect(() => {
    if (asked?.tool === "search") searching.value = true;
    if (asked?.tool === "copy") void copy();
  }, [asked]);
  if (searching.value)
    return (
      <Search
        screen={screen}
        onEnd={() => {
          searching.value = false;
          screen.focus();
        }}
      />
    );
  return (
    <fieldset class="lab-terminal-tools" aria-label={words.tools}>
      <span role="status">{said.value}</span>
      <button
        type="button"
        class="lab-button lab-button-small"
        onClick={() => {
          searching.value = true;
        }}
      >
        {words.search}
      </button>
      <button
        type="button"
        class="lab-button lab-button-small"
        onClick={() => void copy()}
        onBlur={() => {
          said.value = "";
        }}
      >
        {words.copy}
      </button>
      {log && (
        <button
          type="button"
          class="lab-button lab-button-small"
          aria-pressed={!tidy.value}
          title={words.asWrittenMeaning}
          onClick={() => {
            tidy.value = !tidy.value;
            screen.tidy = tidy.value;
          }}
        >
          {words.asWritten}
        </button>
      )}
    </fieldset>
  );
}

function Search({ screen, onEnd }: { screen: TerminalScreen; onEnd: () => void }) {
  const field = useRef<HTMLInputElement>(null);
  const search = useRef<TerminalSearch>();
  const found = useSignal<SearchHits | undefined>(undefined);
  useEffect(() => {
    field.current?.focus();
    const begin = async () => {
      search.current = await screen.search((now) => {
        found.value = now;
      });
      // What was typed meanwhile.
      if (field.current?.value) search.current.find(field.current.value);
    };
    void begin();
    return () => search.current?.end();
  }, [screen, found]);
  return (
    <search class="lab-terminal-tools lab-terminal-search">
      <input
        type="search"
        ref={field}
        aria-label={words.searchIn}
        onInput={({ currentTarget }) => search.current?.find(currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape") onEnd();
          else if (event.key === "Enter" && event.shiftKey) search.current?.newer();
          else if (event.key === "Enter") search.current?.older();
          else return;
          event.preventDefault();
        }}
      />
      <output>{found.value && words.found(formatCount(found.value.at), formatCount(found.value.count))}</output>
      <button
        type="button"
        class="lab-button lab-button-small"
        aria-label={words.older}
        onClick={() => search.current?.older()}
      >
        <span aria-hidden="true">↑</span>
      </button>
      <button
        type="button"
        class="lab-button lab-button-small"
        aria-label={words.newer}
        onClick={() => search.current?.newer()}
      >
        <span aria-hidden="true">↓</span>
      </button>
      <button type="button" class="lab-button lab-button-small" aria-label={words.endSearch} onClick={onEnd}>
        <span aria-hidden="true">×</span>
      </button>
    </search>
  );
}
