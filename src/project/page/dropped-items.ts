/** What a browser hands over when files are dropped, chosen or pasted, as things to take in. */
import { type Incoming, IntakeError, intakeLimits } from "../intake/intake-result.ts";
import { reasonOfName } from "../intake/path-rules.ts";

/** A file of the browser. */
export function incomingFile(file: File, path: string = file.webkitRelativePath || file.name): Incoming {
  return {
    path,
    size: file.size,
    read: async () => {
      try {
        return new Uint8Array(await file.arrayBuffer());
      } catch {
        // The browser says only that it could not.
        throw new IntakeError({ kind: "unreadable", path });
      }
    },
  };
}

/** A text that was typed or pasted. */
export function incomingText(path: string, text: string): Incoming {
  const bytes = new TextEncoder().encode(text);
  return { path, size: bytes.length, read: async () => bytes };
}

/** Everything that was dropped, folders with what is in them. To be called while the event is handled. */
export function incomingDrop(transfer: DataTransfer): Promise<readonly Incoming[]> {
  const entries = [...transfer.items].flatMap((item) => item.webkitGetAsEntry() ?? []);
  const files = [...transfer.files];
  return entries.length === 0 ? Promise.resolve(files.map((file) => incomingFile(file))) : readEntries(entries);
}

async function readEntries(entries: readonly FileSystemEntry[]): Promise<readonly Incoming[]> {
  const found: Incoming[] = [];
  const open = [...entries];
  for (let entry = open.pop(); entry !== undefined; entry = open.pop()) {
    if (found.length > intakeLimits.names) throw new IntakeError({ kind: "too many names", limit: intakeLimits.names });
    const path = entry.fullPath.replace(/^\//, "");
    if (isFile(entry)) found.push(incomingFile(await fileOf(entry, path), path));
    // What is left out as a whole need not be looked through: it is named all the same.
    else if (reasonOfName(entry.name) !== undefined) found.push(incomingText(`${path}/…`, ""));
    else if (isFolder(entry)) open.push(...(await entriesOf(entry, path)));
  }
  return found;
}

// Not `instanceof`: Chromium gives the interfaces of entries no name.
function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}

function fileOf(entry: FileSystemFileEntry, path: string): Promise<File> {
  return new Promise((resolve, reject) => {
    entry.file(resolve, () => reject(new IntakeError({ kind: "unreadable", path })));
  });
}

/** Browsers give a folder's entries in portions. */
async function entriesOf(folder: FileSystemDirectoryEntry, path: string): Promise<readonly FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const portion = await new Promise<readonly FileSystemEntry[]>((resolve, reject) => {
      reader.readEntries(resolve, () => reject(new IntakeError({ kind: "unreadable", path })));
    });
    if (portion.length === 0) return all;
    all.push(...portion);
  }
}
