/**
 * The receipts of a class as statements of xAPI 1.0.3, which a learning record store takes. Of each lesson that somebody
 * has begun they tell a session as the cmi5 profile has it (quartz, first edition): initialized, completed and passed where
 * it was, terminated. A receipt stands for a registration. What cmi5 has no verb for, the state of a quiz that is
 * not all right yet, exercises and predictions, is told by further statements beside them.
 */
import type { Receipt } from "../../learning/receipt/receipt.ts";
import { nameUuid } from "./name-uuid.ts";
import type { ReceiptRow } from "./receipt-rows.ts";

const verbs = {
  initialized: { id: "http://adlnet.gov/expapi/verbs/initialized", display: { en: "initialized" } },
  completed: { id: "http://adlnet.gov/expapi/verbs/completed", display: { en: "completed" } },
  passed: { id: "http://adlnet.gov/expapi/verbs/passed", display: { en: "passed" } },
  terminated: { id: "http://adlnet.gov/expapi/verbs/terminated", display: { en: "terminated" } },
  progressed: { id: "http://adlnet.gov/expapi/verbs/progressed", display: { en: "progressed" } },
  answered: { id: "http://adlnet.gov/expapi/verbs/answered", display: { en: "answered" } },
} as const;

const types = {
  course: "http://adlnet.gov/expapi/activities/course",
  lesson: "http://adlnet.gov/expapi/activities/lesson",
  exercise: "http://adlnet.gov/expapi/activities/simulation",
  prediction: "http://adlnet.gov/expapi/activities/question",
} as const;

/** What cmi5 calls its own. */
const cmi5 = {
  category: { id: "https://w3id.org/xapi/cmi5/context/categories/cmi5" },
  moveOn: { id: "https://w3id.org/xapi/cmi5/context/categories/moveon" },
  session: "https://w3id.org/xapi/cmi5/context/extensions/sessionid",
} as const;

/** An activity that is only named, or described as well. */
export interface XapiActivity {
  readonly objectType?: "Activity";
  readonly id: string;
  readonly definition?: { readonly type: string; readonly name: { readonly en: string } };
}

/** What came of it. Each is left out where there is nothing to say. */
export interface XapiResult {
  readonly completion?: true;
  readonly success?: boolean;
  readonly score?: { readonly raw: number; readonly min: 0; readonly max: number; readonly scaled: number };
  /** As in ISO 8601, in whole hundredths of a second. */
  readonly duration?: string;
  readonly response?: string;
}

/** A statement, as plain data. */
export interface XapiStatement {
  readonly id: string;
  readonly actor: {
    readonly objectType: "Agent";
    readonly name: string;
    readonly account: { readonly homePage: string; readonly name: string };
  };
  readonly verb: { readonly id: string; readonly display: { readonly en: string } };
  readonly object: XapiActivity;
  readonly result?: XapiResult;
  readonly context: {
    readonly registration: string;
    readonly platform: string;
    readonly contextActivities: {
      readonly category?: readonly XapiActivity[];
      readonly parent?: readonly XapiActivity[];
      readonly grouping?: readonly XapiActivity[];
    };
    readonly extensions?: Readonly<Record<string, string>>;
  };
  readonly timestamp: string;
}

/**
 * The statements of all receipts that are as they were saved, in the order in which they are to be stored. Each is there
 * once, however often its receipt was handed in: a store refuses a list with the same id twice, and knows by it what it
 * already has.
 */
export function xapiStatements(rows: readonly ReceiptRow[]): readonly XapiStatement[] {
  const all = rows.flatMap(({ receipt, marks }) =>
    receipt !== undefined && marks.includes("intact") ? statementsOf(receipt) : [],
  );
  return [...new Map(all.map((statement) => [statement.id, statement])).values()];
}

/** What all statements of a receipt share. */
interface Registration {
  readonly receipt: Receipt;
  /** Of the site, or a name that belongs to no host, with a slash at its end. */
  readonly root: string;
  readonly registration: string;
  /** When the receipt was saved, in UTC. */
  readonly made: string;
}

function statementsOf(receipt: Receipt): readonly XapiStatement[] {
  const { course, sha256 } = receipt;
  // A site that was open from a folder has no address that means anything elsewhere.
  const root = URL.canParse(course.address) ? new URL(course.address).href : "urn:two-servers:/";
  const registration = nameUuid(`urn:two-servers:receipt:${sha256}`);
  const of: Registration = { receipt, root, registration, made: momentIn(receipt.made) ?? new Date(0).toISOString() };
  return [
    ...receipt.lessons.flatMap((lesson) => (lesson.state === "untouched" ? [] : sessionOf(of, lesson))),
    ...receipt.exercises.map((exercise) => exerciseOf(of, exercise)),
    ...receipt.predictions.flatMap((prediction) => predictionOf(of, prediction)),
  ];
}

/** Everything between the first and the last time that somebody worked on a lesson. */
function sessionOf(of: Registration, lesson: Receipt["lessons"][number]): readonly XapiStatement[] {
  const { root, registration, made } = of;
  const { title, state, quiz } = lesson;
  const id = pathOf(lesson.id);
  const [begun, ended] = sessionTimes(lesson, made);
  const duration = durationOf(begun, ended);
  const score = scoreOf(quiz);
  const object = activity(`${root}${id}/`, types.lesson, title);
  const extensions = { [cmi5.session]: nameUuid(`urn:two-servers:session:${registration}:${id}`) };
  const grouping = [{ id: `${root}#${id}` }];
  const say = (verb: keyof typeof verbs, timestamp: string, result: XapiResult, category: readonly XapiActivity[]) =>
    statement(of, verb, object, timestamp, result, { ...(category.length > 0 && { category }), grouping }, extensions);
  const judged = [cmi5.category, cmi5.moveOn];
  return [
    say("initialized", begun, {}, [cmi5.category]),
    ...(state === "done" ? [say("completed", ended, { completion: true, duration }, judged)] : []),
    ...(score?.scaled === 1 ? [say("passed", ended, { success: true, score, duration }, judged)] : []),
    // Nobody fails here: a question can be answered again.
    ...(score !== undefined && score.scaled < 1 ? [say("progressed", ended, { score }, [])] : []),
    say("terminated", ended, { duration }, [cmi5.category]),
  ];
}

function exerciseOf(of: Registration, { name, solved, changes }: Receipt["exercises"][number]): XapiStatement {
  const object = activity(`${of.root}#exercise/${pathOf(name)}`, types.exercise, name);
  const result = { completion: true as const, success: true, ...(changes !== "" && { response: changes }) };
  return statement(of, "completed", object, momentIn(solved) ?? of.made, result, {});
}

function predictionOf(of: Registration, prediction: Receipt["predictions"][number]): readonly XapiStatement[] {
  const { about, chosen, right } = prediction;
  if (chosen === undefined) return [];
  const object = activity(`${of.root}#prediction/${pathOf(about)}`, types.prediction, about);
  const result = { response: chosen, ...(right !== undefined && { success: right }) };
  return [statement(of, "answered", object, of.made, result, {})];
}

function statement(
  { receipt, root, registration }: Registration,
  verb: keyof typeof verbs,
  object: XapiActivity,
  timestamp: string,
  result: XapiResult,
  activities: XapiStatement["context"]["contextActivities"],
  extensions?: Readonly<Record<string, string>>,
): XapiStatement {
  const name = receipt.name.trim();
  return {
    id: nameUuid(`urn:two-servers:statement:${registration}:${verb}:${object.id}`),
    actor: { objectType: "Agent", name, account: { homePage: root, name: name || "?" } },
    verb: verbs[verb],
    object,
    ...(Object.keys(result).length > 0 && { result }),
    context: {
      registration,
      platform: `Two Servers ${receipt.course.version}`,
      contextActivities: { ...activities, parent: [activity(root, types.course, "Two Servers")] },
      ...(extensions && { extensions }),
    },
    timestamp,
  };
}

function activity(id: string, type: string, name: string): XapiActivity {
  return { objectType: "Activity", id, definition: { type, name: { en: name } } };
}

/** A name as a part of an address, whatever is in it. */
function pathOf(name: string): string {
  return name.toWellFormed().split("/").map(encodeURIComponent).join("/");
}

/** Left out where the quiz was not begun. */
function scoreOf({ right, questions, answered }: Receipt["lessons"][number]["quiz"]): XapiResult["score"] {
  if (answered === 0 || questions === 0 || right > questions) return undefined;
  return { raw: right, min: 0, max: questions, scaled: right / questions };
}

/** First and last, in this order also where a clock was set back meanwhile. What is not known is the time of the receipt. */
function sessionTimes({ first, last }: Receipt["lessons"][number], made: string): readonly [string, string] {
  const end = momentIn(last) ?? made;
  const beginning = momentIn(first) ?? end;
  return beginning <= end ? [beginning, end] : [end, beginning];
}

/** A moment in UTC, as cmi5 wants it, unless it is none. */
function momentIn(text: string | undefined): string | undefined {
  const moment = new Date(text ?? "");
  return Number.isNaN(moment.getTime()) ? undefined : moment.toISOString();
}

function durationOf(begun: string, ended: string): string {
  return `PT${Math.round((Date.parse(ended) - Date.parse(begun)) / 10) / 100}S`;
}
