/** The files of a reader's project, as plain data. */

/** A file that an editor can show. It is UTF-8 on a host. */
export interface TextFile {
  readonly kind: "text";
  /** Path below the project's folder, with `/` between its parts. */
  readonly path: string;
  readonly text: string;
}

/** A file that stays as it is, byte by byte. */
export interface BytesFile {
  readonly kind: "bytes";
  /** Path below the project's folder, with `/` between its parts. */
  readonly path: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** A file of a project. */
export type ProjectFile = TextFile | BytesFile;

/** The last part of a path. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** The folder of a path, without a closing slash; empty for a file at the top. */
export function folderOf(path: string): string {
  const at = path.lastIndexOf("/");
  return at < 0 ? "" : path.slice(0, at);
}

const secretNames = [
  /^\.env(?:\..+)?$/i,
  /^\.(?:netrc|pgpass|pypirc|htpasswd)$/i,
  /^id_(?:rsa|dsa|ecdsa|ed25519)$/i,
  /\.(?:pem|key|p12|pfx|jks|keystore)$/i,
  /^(?:credentials|service[-_]account.*|client_secret.*)\.json$/i,
  /^secrets?\.(?:json|ya?ml|toml|ini|txt)$/i,
];
/** Written to be shown: it has names and no values. */
const examples = /\.(?:example|sample|template|dist)$/i;

/** Whether a file of this name holds passwords or keys, as a rule. */
export function holdsSecrets(path: string): boolean {
  const name = baseName(path);
  return !examples.test(name) && secretNames.some((each) => each.test(name));
}

/** How many bytes a file takes on a host. */
export function sizeOf(file: ProjectFile): number {
  return file.kind === "bytes" ? file.bytes.byteLength : new TextEncoder().encode(file.text).byteLength;
}

/** A file's text to read in: of bytes that are no UTF-8, each byte is a character. */
export function readableText(file: ProjectFile): string {
  return file.kind === "text" ? file.text : new TextDecoder("latin1").decode(file.bytes);
}

/** The file at a path. */
export function fileAt(files: readonly ProjectFile[], path: string): ProjectFile | undefined {
  return files.find((file) => file.path === path);
}
