/** Bundled and put into a page of the site: opens a machine there and runs the contract checks on it. */
import { type ContractResult, checkContract } from "../../src/machine/contract-checks.ts";
import type { Machine } from "../../src/machine/machine.ts";
import { open } from "../../src/machine/open.ts";
import { linuxFixture, nodeFixture, pythonAsgiFixture, pythonFixture } from "./contract-fixtures.ts";

const fixtures = { python: pythonFixture, node: nodeFixture, linux: linuxFixture } as const;
/** The same kinds with other servers. */
const variants = { ...fixtures, "python asgi": pythonAsgiFixture } as const;

/** What the tests call in the page. */
export interface ContractPage {
  open(kind: keyof typeof fixtures, siteRoot: string, situation?: string): Promise<Machine>;
  check(variant: keyof typeof variants, siteRoot: string): Promise<readonly ContractResult[]>;
}

declare global {
  var contractPage: ContractPage;
}

globalThis.contractPage = {
  open: (kind, siteRoot, situation) =>
    open(kind, { siteRoot: new URL(siteRoot), ...(situation !== undefined && { situation }) }),
  check: async (variant, siteRoot) => {
    const kind = variant === "python asgi" ? "python" : variant;
    return checkContract(await open(kind, { siteRoot: new URL(siteRoot) }), variants[variant]);
  },
};
