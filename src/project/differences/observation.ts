/** What was seen of the two sides: plain data that the rules look at. */
import type { SideName } from "../../lab-definition/schema.ts";
import type { BackgroundWork } from "./background-work.ts";

/** One answer of a server. */
export interface SeenAnswer {
  readonly status: number;
  /** As text, cut. */
  readonly body: string;
  /** Names of the cookies that it set. */
  readonly setCookies: readonly string[];
}

/** A page that was asked several times in turn on one side. The first answer's cookies were sent with the others. */
export interface SeenPage {
  readonly method: string;
  readonly path: string;
  /** Without those that never came. */
  readonly answers: readonly SeenAnswer[];
  /** Requests that got no answer. */
  readonly failed: number;
}

/** What was seen of a side. */
export interface SeenSide {
  readonly command: string;
  /** Without colours. */
  readonly output: string;
  readonly workers: number;
  readonly pages: readonly SeenPage[];
  /** What its load test came to. */
  readonly load: { readonly done: number; readonly failed: number; readonly serverErrors: number };
}

/** What was seen of both. */
export type Observation = Readonly<Record<SideName, SeenSide>>;

/** Something that differs. */
export type Difference =
  | { readonly kind: "counter per worker"; readonly path: string; readonly seen: Readonly<Record<SideName, string>> }
  | { readonly kind: "differs by worker"; readonly path: string }
  | { readonly kind: "state in a variable"; readonly name: string; readonly path: string; readonly line: number }
  | ({ readonly kind: "background work"; readonly workers: number } & BackgroundWork)
  | { readonly kind: "cookie unknown to a worker"; readonly path: string; readonly cookie: string }
  | { readonly kind: "status differs"; readonly path: string; readonly seen: Readonly<Record<SideName, string>> }
  | { readonly kind: "database is locked"; readonly sides: readonly SideName[] }
  | { readonly kind: "errors on one side"; readonly side: SideName; readonly failed: number }
  | { readonly kind: "start-up work repeated"; readonly line: string; readonly times: number }
  | { readonly kind: "debug mode on"; readonly sides: readonly SideName[] }
  | { readonly kind: "printed on one side"; readonly side: SideName; readonly line: string }
  | { readonly kind: "static files by Python"; readonly path: string }
  | { readonly kind: "static files missing"; readonly path: string };
