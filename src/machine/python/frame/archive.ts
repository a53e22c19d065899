import { oneOf, record, type Shape, text, whole } from "../../../gate/shape.ts";
import type { SharedImageFile } from "../process/files/image-file.ts";

/** What a process asks for: pip itself, the list of what it can install, or one of these packages. */
export interface ArchiveRequest {
  /** The process's own number for it. */
  readonly request: number;
  readonly kind: "pip" | "list" | "wheel";
  /** Of a wheel; empty otherwise. */
  readonly name: string;
}

/** What a process is answered: the file, or why there is none. */
export type ArchiveAnswer =
  | { readonly request: number; readonly file: SharedImageFile }
  | { readonly request: number; readonly failed: string };

/** What a process may send for it. */
export const isArchiveRequest: Shape<ArchiveRequest> = record({
  request: whole(1),
  kind: oneOf("pip", "list", "wheel"),
  name: text(200),
});

/** Whoever fetches what is asked for. */
export interface ArchiveSource {
  part(name: "pip.zip" | "archive.json"): Promise<Blob>;
  wheel(name: string): Promise<Blob>;
}

const parts = { pip: "pip.zip", list: "archive.json" } as const;

/** The files of the archive that processes have asked for. All processes of a machine share them. */
export class Archive {
  readonly #files = new Map<string, Promise<SharedImageFile>>();

  constructor(private readonly source: ArchiveSource) {}

  /** Answers a process. Never rejects. */
  async answer({ request, kind, name }: ArchiveRequest): Promise<ArchiveAnswer> {
    const key = kind === "wheel" ? name : kind;
    const bring = () => (kind === "wheel" ? this.source.wheel(name) : this.source.part(parts[kind]));
    const file = this.#files.get(key) ?? bring().then(shared);
    this.#files.set(key, file);
    try {
      return { request, file: await file };
    } catch (error) {
      // Another attempt may have a network.
      this.#files.delete(key);
      return { request, failed: error instanceof Error ? error.message : String(error) };
    }
  }
}

function shared(content: Blob): SharedImageFile {
  return { url: URL.createObjectURL(content), size: content.size };
}
