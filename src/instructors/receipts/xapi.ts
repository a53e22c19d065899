/**
 * The receipts of a class as statements of xAPI 1.0.3, which a learning record store takes: one for each lesson that
 * somebody has begun. They are no cmi5 statements: those belong to a session that a course system has launched.
 */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import type { Receipt } from "../../learning/receipt/receipt.ts";
import type { ReceiptRow } from "./receipt-rows.ts";

const verbs = {
  done: { id: "http://adlnet.gov/expapi/verbs/completed", display: { en: "completed" } },
  begun: { id: "http://adlnet.gov/expapi/verbs/attempted", display: { en: "attempted" } },
} as const;

/** A statement, as plain data. */
export interface XapiStatement {
  readonly id: string;
  readonly actor: {
    readonly objectType: "Agent";
    readonly name: string;
    readonly account: { readonly homePage: string; readonly name: string };
  };
  readonly verb: (typeof verbs)[keyof typeof verbs];
  readonly object: {
    readonly objectType: "Activity";
    readonly id: string;
    readonly definition: { readonly type: string; readonly name: { readonly en: string } };
  };
  readonly result: {
    readonly completion: boolean;
    /** Left out where the quiz was not begun. */
    readonly score?: { readonly raw: number; readonly min: 0; readonly max: number; readonly scaled: number };
  };
  readonly context: { readonly platform: string };
  readonly timestamp: string;
}

/** The statements of all receipts that are as they were saved. A store that has one of them already knows it by its id. */
export function xapiStatements(rows: readonly ReceiptRow[]): readonly XapiStatement[] {
  return rows.flatMap(({ receipt, marks }) =>
    receipt !== undefined && marks.includes("intact") ? statementsOf(receipt) : [],
  );
}

function statementsOf(receipt: Receipt): readonly XapiStatement[] {
  const { course, name, made } = receipt;
  // A site that was open from a folder has no address that means anything elsewhere.
  const root = URL.canParse(course.address) ? new URL(course.address).href : "urn:two-servers:/";
  return receipt.lessons.flatMap(({ id, title, state, quiz, last }): XapiStatement[] => {
    if (state === "untouched") return [];
    const { right, questions, answered } = quiz;
    return [
      {
        id: uuidOf(`${receipt.sha256} ${id}`),
        actor: { objectType: "Agent", name, account: { homePage: root, name: name.trim() || "?" } },
        verb: verbs[state],
        object: {
          objectType: "Activity",
          id: `${root}${id}/`,
          definition: { type: "http://adlnet.gov/expapi/activities/lesson", name: { en: title } },
        },
        result: {
          completion: state === "done",
          ...(answered > 0 &&
            right <= questions && {
              score: { raw: right, min: 0 as const, max: questions, scaled: right / questions },
            }),
        },
        context: { platform: `Two Servers ${course.version}` },
        timestamp: last ?? made,
      },
    ];
  });
}

/** The same text gives the same id: in the form of RFC 9562, version 8, which leaves the bits to whoever makes them. */
function uuidOf(text: string): string {
  const hex = bytesToHex(sha256(utf8ToBytes(text)));
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    "-",
  );
}
