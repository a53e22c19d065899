/** Asks a few questions, and says for each server what the answers mean for it, with reasons. */
import { useSignal } from "@preact/signals";
import { Prose } from "../../prose/Prose.tsx";
import type { ChooserData } from "../../schemas/choice.ts";
import { chooserStrings as words } from "../../strings/strings.ts";
import { type Reason, rankServers, startOf } from "./rank-servers.ts";
import "../../styles/tool.css";
import "./chooser.css";

/** What a page gives to its chooser. */
export interface ChooserProps {
  readonly data: ChooserData;
  /** The way to the site's root. */
  readonly home: string;
  /** Titles of the pages that show reasons, by path below the site's root. */
  readonly titles: Readonly<Record<string, string>>;
}

/** The questions, and what the answers say. */
export function Chooser({ data, home, titles }: ChooserProps) {
  const chosen = useSignal<Readonly<Record<string, string>>>({});
  const weighed = rankServers(data, chosen.value);
  const answered = data.questions.filter(({ id }) => chosen.value[id] !== undefined).length;
  const first = weighed.filter(({ verdict }) => verdict === "first").map(({ server }) => server.name);
  return (
    <section class="tool controls chooser" aria-label={words.label}>
      <p>{words.introduction}</p>
      {data.questions.map(({ id, question, answers }) => (
        <fieldset key={id}>
          <legend>{question}</legend>
          {answers.map((answer) => (
            <div key={answer.id}>
              <label>
                <input
                  type="radio"
                  name={`chooser-${id}`}
                  checked={chosen.value[id] === answer.id}
                  onChange={() => {
                    chosen.value = { ...chosen.value, [id]: answer.id };
                  }}
                />
                {answer.text}
              </label>
              {chosen.value[id] === answer.id && (
                <ul class="chooser-reasons">
                  {answer.reasons.map((reason) => (
                    <li key={reason.server}>
                      <strong>
                        {data.servers.find((server) => server.id === reason.server)?.name}: {words.says[reason.says]}.
                      </strong>{" "}
                      <Why reason={reason} home={home} titles={titles} />
                    </li>
                  ))}
                </ul>
              )}
            </div>
          ))}
        </fieldset>
      ))}
      <section aria-label={words.results} class="chooser-results">
        <p role="status" class="chooser-summary">
          {answered === 0 ? words.none : words.summary(first, answered, data.questions.length)}
        </p>
        {answered > 0 && (
          <>
            <ol>
              {weighed.map(({ server, verdict, reasons }) => (
                <li key={server.id} data-verdict={verdict}>
                  <p>
                    <strong>{server.name}</strong> <span class="chooser-verdict">{words.verdicts[verdict]}</span>
                  </p>
                  <p>{reasons.length === 0 ? words.nothing : tally(reasons)}</p>
                  {verdict === "first" && (
                    <p>
                      {words.start}: <code>{startOf(data, server, chosen.value)}</code>
                    </p>
                  )}
                </li>
              ))}
            </ol>
            <button
              type="button"
              onClick={() => {
                chosen.value = {};
              }}
            >
              {words.again}
            </button>
          </>
        )}
      </section>
    </section>
  );
}
export default Chooser;

/** `For: 3. Against: 1.` */
function tally(reasons: readonly Reason[]): string {
  const kinds = ["for", "against", "out"] as const;
  return kinds
    .map((kind) => [words.says[kind], reasons.filter(({ says }) => says === kind).length] as const)
    .filter(([, count]) => count > 0)
    .map(([said, count]) => `${said}: ${count}.`)
    .join(" ");
}

function Why({
  reason: { why, page, source },
  home,
  titles,
}: { readonly reason: Reason } & Omit<ChooserProps, "data">) {
  return (
    <>
      <Prose text={why} /> {page !== undefined && <a href={`${home}${page}`}>{words.see(titles[page] ?? page)}</a>}
      {source !== undefined && <a href={source}>{words.source(new URL(source).host)}</a>}
    </>
  );
}
