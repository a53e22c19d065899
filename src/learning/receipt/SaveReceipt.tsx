/** The form with which a student saves a receipt, and the receipt itself below it. */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { downloadFile } from "../../lab/view/ui/download-file.ts";
import { siteRoot } from "../../site-root.ts";
import { receiptStrings } from "../../strings/strings.ts";
import { learnerStore } from "../progress/progress-store.ts";
import { makeReceipt, type ReceiptLesson } from "./make-receipt.ts";
import { ReceiptPaper } from "./ReceiptPaper.tsx";
import type { Receipt } from "./receipt.ts";
import { sealReceipt } from "./seal.ts";
import "./coursework.css";

/** What a page gives. */
export interface SaveReceiptProps {
  readonly lessons: readonly ReceiptLesson[];
  /** Version of the course, and the day on which it was built. */
  readonly version: string;
  readonly date: string;
  /** Title and class key of the assignment that is answered. Absent: the student may type a key. */
  readonly assignment?: { readonly title: string; readonly classKey: string };
}

const words = receiptStrings;

/** Name, key, button and what was saved. Nothing where no script runs: nothing is kept there. */
export function SaveReceipt({ lessons, version, date, assignment }: SaveReceiptProps) {
  const scripted = useSignal(false);
  const name = useSignal("");
  const typedKey = useSignal("");
  const missing = useSignal(false);
  const saved = useSignal<{ readonly receipt: Receipt; readonly file: string } | undefined>(undefined);
  useEffect(() => {
    scripted.value = true;
  }, [scripted]);
  if (!scripted.value) return null;

  const save = () => {
    missing.value = name.value.trim() === "";
    if (missing.value) return;
    const classKey = assignment?.classKey ?? typedKey.value;
    const root = siteRoot();
    const content = makeReceipt(learnerStore().memory.value, lessons, {
      name: name.value.slice(0, 200),
      made: new Date(),
      course: { version, date, address: `${root.origin}${root.pathname}` },
      keyed: classKey.trim() !== "",
      ...(assignment && { assignment: assignment.title }),
    });
    const receipt = sealReceipt(content, classKey);
    const file = fileNameOf(receipt.name);
    downloadFile(file, "application/json", `${JSON.stringify(receipt, null, 2)}\n`);
    saved.value = { receipt, file };
  };
  return (
    <section class="save-receipt controls" aria-labelledby="receipt-heading">
      <h2 id="receipt-heading">{words.heading}</h2>
      <p>{words.introduction}</p>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <label>
          {words.name}
          <input
            type="text"
            autocomplete="name"
            maxLength={200}
            aria-invalid={missing.value}
            aria-describedby="receipt-status"
            value={name.value}
            onInput={({ currentTarget }) => {
              name.value = currentTarget.value;
              missing.value = false;
            }}
          />
        </label>
        {assignment === undefined && (
          <div>
            <label>
              {words.classKey}
              <input
                type="text"
                autocomplete="off"
                maxLength={60}
                aria-describedby="receipt-key-hint"
                value={typedKey.value}
                onInput={({ currentTarget }) => (typedKey.value = currentTarget.value)}
              />
            </label>
            <span id="receipt-key-hint" class="receipt-hint">
              {words.classKeyHint}
            </span>
          </div>
        )}
        <button type="submit">{words.save}</button>
        <p id="receipt-status" role="status">
          {missing.value ? words.nameMissing : saved.value && words.saved(saved.value.file)}
        </p>
      </form>
      <p class="receipt-hint">{words.limits}</p>
      {saved.value && (
        <>
          <button type="button" onClick={() => print()}>
            {words.print}
          </button>
          <ReceiptPaper receipt={saved.value.receipt} />
        </>
      )}
    </section>
  );
}
export default SaveReceipt;

/** Letters and digits of the name, in any script: `receipt-ada-lovelace.json`. */
function fileNameOf(name: string): string {
  const plain = name
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, "-")
    .replaceAll(/^-|-$/g, "");
  return `receipt-${plain.slice(0, 60) || "student"}.json`;
}
