/**
 * Programs whose code is just-bash's. They are in a script of their own, which is loaded when the first of them is
 * started, or it would be a third of what a shell needs.
 */
export const textProgramNames: ReadonlySet<string> = new Set([
  "base64",
  "column",
  "comm",
  "diff",
  "du",
  "egrep",
  "expand",
  "expr",
  "fgrep",
  "file",
  "fold",
  "join",
  "jq",
  "ln",
  "md5sum",
  "nl",
  "od",
  "readlink",
  "rev",
  "sha1sum",
  "sha256sum",
  "split",
  "stat",
  "strings",
  "tac",
  "tar",
  "tree",
  "unexpand",
]);
