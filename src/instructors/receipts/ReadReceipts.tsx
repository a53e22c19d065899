/** The page on which a teacher reads the receipts of a class. Nothing of them leaves it. */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { downloadFile } from "../../lab/view/ui/download-file.ts";
import { TableHead } from "../../lab/view/ui/TableHead.tsx";
import { momentText, RunTable } from "../../learning/receipt/ReceiptPaper.tsx";
import { mostReceiptBytes, readReceipt, runsOf } from "../../learning/receipt/receipt.ts";
import { receiptStrings } from "../../strings/strings.ts";
import { writeCsv } from "./csv.ts";
import { figuresOf, type ReceiptFile, type ReceiptRow, receiptRows } from "./receipt-rows.ts";
import { xapiStatements } from "./xapi.ts";
import "../../learning/receipt/coursework.css";

const words = receiptStrings.teacher;

/** More files at once are no class. */
const mostFiles = 2000;

/** File input, key, table, and a button for the CSV. */
export function ReadReceipts({ version }: { readonly version: string }) {
  const scripted = useSignal(false);
  const files = useSignal<readonly ReceiptFile[]>([]);
  const tooMany = useSignal(false);
  const classKey = useSignal("");
  const take = async (taken: readonly File[]) => {
    const read = await Promise.all(taken.slice(0, mostFiles).map(readFile));
    tooMany.value = files.value.length + taken.length > mostFiles;
    files.value = [...files.value, ...read].slice(0, mostFiles);
  };
  useEffect(() => {
    scripted.value = true;
    const allow = (event: DragEvent) => event.preventDefault();
    const drop = (event: DragEvent) => {
      event.preventDefault();
      void take([...(event.dataTransfer?.files ?? [])]);
    };
    addEventListener("dragover", allow);
    addEventListener("drop", drop);
    return () => {
      removeEventListener("dragover", allow);
      removeEventListener("drop", drop);
    };
  }, [scripted]);
  if (!scripted.value) return <p>{words.needsScript}</p>;
  const rows = receiptRows(files.value, { classKey: classKey.value, version });
  return (
    <div class="read-receipts controls">
      <label>
        {words.files}
        <input
          type="file"
          multiple
          accept=".json,application/json"
          aria-describedby="receipts-drop"
          onChange={({ currentTarget }) => {
            void take([...(currentTarget.files ?? [])]);
            // The same file can be chosen again once it was removed.
            currentTarget.value = "";
          }}
        />
      </label>
      <span id="receipts-drop" class="receipt-hint">
        {words.drop}
      </span>
      <label>
        {words.classKey}
        <input
          type="text"
          autocomplete="off"
          aria-describedby="receipts-key"
          value={classKey.value}
          onInput={({ currentTarget }) => (classKey.value = currentTarget.value)}
        />
      </label>
      <span id="receipts-key" class="receipt-hint">
        {words.classKeyHint}
      </span>
      <p role="status">
        {rows.length === 0
          ? words.none
          : words.summary(rows.length, rows.filter(({ marks }) => marks.join() === "intact").length)}{" "}
        {tooMany.value && words.tooMany(mostFiles)}
      </p>
      {rows.length > 0 && (
        <>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached with the keyboard */}
          <section class="table-scroll" aria-label={words.scrolled} tabIndex={0}>
            <ReceiptTable rows={rows} />
          </section>
          <p>
            <button
              type="button"
              onClick={() => downloadFile("receipts.csv", "text/csv;charset=utf-8", writeCsv(csvOf(rows)))}
            >
              {words.saveCsv}
            </button>{" "}
            <button
              type="button"
              aria-describedby="receipts-xapi"
              onClick={() =>
                downloadFile(
                  "receipts-xapi.json",
                  "application/json",
                  JSON.stringify(xapiStatements(rows), undefined, 2),
                )
              }
            >
              {words.saveXapi}
            </button>{" "}
            <button type="button" onClick={() => (files.value = [])}>
              {words.clear}
            </button>
          </p>
          <p id="receipts-xapi" class="receipt-hint">
            {words.xapiHint}
          </p>
        </>
      )}
    </div>
  );
}
export default ReadReceipts;

async function readFile(file: File): Promise<ReceiptFile> {
  if (file.size > mostReceiptBytes) return { file: file.name, reading: { kind: "too large" } };
  try {
    return { file: file.name, reading: readReceipt(await file.text()) };
  } catch {
    // A folder, or a file that has gone since it was chosen.
    return { file: file.name, reading: { kind: "none" } };
  }
}

function ReceiptTable({ rows }: { readonly rows: readonly ReceiptRow[] }) {
  const { columns } = words;
  return (
    <table aria-label={words.table}>
      <TableHead columns={Object.values(columns)} />
      <tbody>
        {rows.map((row, index) => (
          // Two rows can have the same file name.
          <tr key={`${index} ${row.file}`}>
            <th scope="row">{row.receipt?.name ?? "—"}</th>
            <td class={row.marks.join() === "intact" ? undefined : "receipt-remark"}>{remarksOf(row)}</td>
            <Figures row={row} />
            <td>{row.file}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Figures({ row: { receipt } }: { readonly row: ReceiptRow }) {
  if (receipt === undefined) return <td colSpan={9} />;
  const figures = figuresOf(receipt);
  return (
    <>
      <td>{words.share(figures.lessonsDone, figures.lessons)}</td>
      <td>{words.share(figures.questionsRight, figures.questions)}</td>
      <td>{figures.tries}</td>
      <td>{words.share(figures.predictionsRight, figures.predictionsShown)}</td>
      <td>
        {receipt.exercises.length > 0 ? (
          <details>
            <summary>{figures.exercises}</summary>
            {receipt.exercises.map(({ name, changes }) => (
              <div key={name}>
                <code>{name}</code>
                <pre>{changes}</pre>
              </div>
            ))}
          </details>
        ) : (
          0
        )}
      </td>
      <td>
        {figures.runs > 0 ? (
          <details>
            <summary>{figures.runs}</summary>
            <RunTable runs={runsOf(receipt)} />
          </details>
        ) : (
          0
        )}
      </td>
      <td>{receipt.assignment ?? "—"}</td>
      <td>{momentText(receipt.made)}</td>
      <td>{receipt.course.version}</td>
    </>
  );
}

function remarksOf({ marks }: ReceiptRow): string {
  return marks.map((mark) => words.marks[mark]).join("; ");
}

function csvOf(rows: readonly ReceiptRow[]): readonly (readonly (string | number)[])[] {
  return [Object.values(words.columns), ...rows.map(csvLine)];
}

function csvLine(row: ReceiptRow): readonly (string | number)[] {
  const { receipt, file } = row;
  if (receipt === undefined) return ["", remarksOf(row), "", "", "", "", "", "", "", "", "", file];
  const figures = figuresOf(receipt);
  return [
    receipt.name,
    remarksOf(row),
    figures.lessonsDone,
    figures.questionsRight,
    figures.tries,
    figures.predictionsRight,
    figures.exercises,
    figures.runs,
    receipt.assignment ?? "",
    receipt.made,
    receipt.course.version,
    file,
  ];
}
