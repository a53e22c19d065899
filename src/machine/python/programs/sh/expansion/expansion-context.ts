import type { Shell } from "../shell.ts";
import type { Io } from "../state/io.ts";
import { marksOf } from "../state/variables.ts";
import type { ExpansionContext } from "./expansion.ts";
import { elementsOf, parameterOf } from "./parameters.ts";
import { fileForInput, fileWithOutput, outputOf } from "./substitution.ts";

/** What a shell's words are expanded with; lists in them read and write where `io` leads. */
export function expansionContextOf(shell: Shell, io: Io): ExpansionContext {
  const { variables, options, cwd } = shell;
  const { files } = shell.system;
  return {
    variable: (name) => parameterOf(shell, name),
    setVariable: (name, value) => shell.set(name, value),
    arguments: shell.positional.arguments,
    cwd,
    folders: {
      isFolder: (path) => files.isFolder(path),
      names: (folder) => files.names(folder),
      exists: (path) => files.status(path, "keep") !== undefined,
    },
    lookAt: (path) => shell.system.lookAt(path),
    output: (list) => outputOf(shell, list, io),
    language: shell.start.language,
    splitters: variables.find("IFS") === undefined ? undefined : variables.get("IFS"),
    noGlob: options.has("f"),
    nullGlob: shell.shopt.has("nullglob"),
    failGlob: shell.shopt.has("failglob"),
    globOptions: {
      hidden: shell.shopt.has("dotglob"),
      deep: shell.shopt.has("globstar"),
      anyCase: shell.shopt.has("nocaseglob"),
      ownNames: shell.start.language === "posix",
    },
    strict: options.has("u"),
    elements: (name) => elementsOf(shell, name),
    isAssociative: (name) => variables.find(name)?.associative ?? false,
    setElement: (name, key, value) => variables.setElement(name, key, value),
    reference: (name) => variables.itself(name)?.reference,
    marks: (name) => {
      const variable = variables.find(name);
      return variable === undefined ? "" : marksOf(variable);
    },
    names: () => variables.names(),
    file: (list, reads) => (reads ? fileForInput(shell, list, io) : fileWithOutput(shell, list, io)),
    extendedPatterns: shell.shopt.has("extglob"),
  };
}
