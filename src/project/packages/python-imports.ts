import type { PythonFile } from "../../tools/audit/python/python-file.ts";

/** A file of a project, as far as what it imports goes. */
export interface PythonImports {
  readonly path: string;
  readonly file: Pick<PythonFile, "imports">;
}
