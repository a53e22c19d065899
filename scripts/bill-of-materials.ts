/**
 * What a release consists of, as a CycloneDX document: npm's, Python's and Debian's packages, with licences and hashes
 * where they are known.
 */

/** A package in `package-lock.json`. */
export interface NpmPackage {
  readonly version?: string;
  readonly license?: string;
  /** As npm writes it: `sha512-` and base64. */
  readonly integrity?: string;
}

/** What a document is made from. */
export interface Materials {
  readonly version: string;
  /** By path, as in `package-lock.json`: `node_modules/preact`. */
  readonly npm: Readonly<Record<string, NpmPackage>>;
  readonly python: readonly { readonly name: string; readonly version: string }[];
  readonly debian: readonly {
    readonly name: string;
    readonly version: string;
    readonly sha256: string;
    readonly path: string;
  }[];
}

/** The version of the format, whose schema is at https://cyclonedx.org/schema/bom-1.6.schema.json. */
const specVersion = "1.6";

/**
 * The document: the same for the same materials, so without a date. Licences of Debian's packages lie in the packages,
 * under `usr/share/doc`.
 */
export function billOfMaterials({ version, npm, python, debian }: Materials): object {
  const components = [
    ...Object.entries(npm)
      .filter(([path, { version: each }]) => path !== "" && each !== undefined)
      .map(([path, fields]) =>
        npmComponent(path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length), fields),
      ),
    ...python.map(({ name, version: each }) => ({
      type: "library",
      name,
      version: each,
      purl: `pkg:pypi/${name.toLowerCase()}@${each}`,
    })),
    ...debian.map(({ name, version: each, sha256, path }) => ({
      type: "library",
      name,
      version: each,
      purl: `pkg:deb/debian/${name}@${encodeURIComponent(each)}?arch=i386`,
      hashes: [{ alg: "SHA-256", content: sha256 }],
      externalReferences: [{ type: "distribution", url: `https://deb.debian.org/${path}` }],
    })),
  ];
  const byAddress = new Map(components.map((component) => [component.purl, component]));
  return {
    bomFormat: "CycloneDX",
    specVersion,
    version: 1,
    metadata: {
      component: { type: "application", name: "two-servers", version, licenses: [{ license: { id: "MIT" } }] },
    },
    components: [...byAddress.keys()].sort().map((purl) => ({ "bom-ref": purl, ...byAddress.get(purl) })),
  };
}

function npmComponent(name: string, { version = "", license, integrity }: NpmPackage) {
  const [algorithm, base64] = integrity?.split("-") ?? [];
  return {
    type: "library",
    name,
    version,
    purl: `pkg:npm/${name.replace("@", "%40")}@${version}`,
    ...(license && {
      licenses: [/^[\w.+-]+$/.test(license) ? { license: licenceOf(license) } : { expression: license }],
    }),
    ...(algorithm === "sha512" && base64
      ? { hashes: [{ alg: "SHA-512", content: Buffer.from(base64, "base64").toString("hex") }] }
      : {}),
  };
}

/** "SEE LICENSE IN …" and the like are names, all else is an identifier of SPDX. */
function licenceOf(license: string): { readonly id: string } | { readonly name: string } {
  return license === "UNLICENSED" ? { name: license } : { id: license };
}
