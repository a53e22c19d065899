/** Bundled and put into a page of the site: opens a machine there and runs the contract checks on it. */
import { type ContractResult, checkContract } from "../../src/machine/contract-checks.ts";
import type { Machine } from "../../src/machine/machine.ts";
import { open } from "../../src/machine/open.ts";
import { linuxFixture, nodeFixture, pythonFixture } from "./contract-fixtures.ts";

const fixtures = { python: pythonFixture, node: nodeFixture, linux: linuxFixture } as const;

/** What the tests call in the page. */
export interface ContractPage {
  open(kind: keyof typeof fixtures, siteRoot: string, situation?: string): Promise<Machine>;
  check(kind: keyof typeof fixtures, siteRoot: string): Promise<readonly ContractResult[]>;
}

declare global {
  var contractPage: ContractPage;
}

globalThis.contractPage = {
  open: (kind, siteRoot, situation) =>
    open(kind, { siteRoot: new URL(siteRoot), ...(situation !== undefined && { situation }) }),
  check: async (kind, siteRoot) => checkContract(await open(kind, { siteRoot: new URL(siteRoot) }), fixtures[kind]),
};
