/**
 * Packages for course systems. SCORM 1.2 and 2004 (4th edition): one sharable content object that frames an assignment of
 * this site and reports how far the student is. Common Cartridge 1.1: links to each lesson and lab.
 */
import { element, escapeXml, textElement, xmlFile } from "./xml.ts";

/** The versions of SCORM that are written. */
export type ScormVersion = "1.2" | "2004";

/** What a package frames. */
export interface FramedPage {
  readonly title: string;
  /** Whole, with the site's host. */
  readonly address: string;
}

/**
 * The files of a SCORM package.
 *
 * @param runtime the script of its page, `sco.js`
 */
export function scormPackage(
  version: ScormVersion,
  page: FramedPage,
  runtime: string,
): Readonly<Record<string, string>> {
  return {
    "imsmanifest.xml": version === "1.2" ? manifest12(page.title) : manifest2004(page.title),
    "index.html": scoPage(page),
    "sco.js": runtime,
  };
}

const scoFiles = ["index.html", "sco.js"];

function manifest12(title: string): string {
  const namespace = "http://www.imsproject.org/xsd/imscp_rootv1p1p2";
  return xmlFile(
    element(
      "manifest",
      {
        xmlns: namespace,
        "xmlns:adlcp": "http://www.adlnet.org/xsd/adlcp_rootv1p2",
        identifier: "two-servers",
        version: "1.2",
      },
      [
        element("metadata", {}, [textElement("schema", "ADL SCORM"), textElement("schemaversion", "1.2")]),
        organizations(title),
        resources({ "adlcp:scormtype": "sco" }),
      ],
    ),
  );
}

function manifest2004(title: string): string {
  return xmlFile(
    element(
      "manifest",
      {
        xmlns: "http://www.imsglobal.org/xsd/imscp_v1p1",
        "xmlns:adlcp": "http://www.adlnet.org/xsd/adlcp_v1p3",
        identifier: "two-servers",
        version: "1",
      },
      [
        element("metadata", {}, [textElement("schema", "ADL SCORM"), textElement("schemaversion", "2004 4th Edition")]),
        organizations(title),
        resources({ "adlcp:scormType": "sco" }),
      ],
    ),
  );
}

function organizations(title: string): string {
  return element("organizations", { default: "course" }, [
    element("organization", { identifier: "course" }, [
      textElement("title", title),
      element("item", { identifier: "item", identifierref: "sco" }, textElement("title", title)),
    ]),
  ]);
}

function resources(kind: Readonly<Record<string, string>>): string {
  return element("resources", {}, [
    element(
      "resource",
      { identifier: "sco", type: "webcontent", ...kind, href: "index.html" },
      scoFiles.map((href) => element("file", { href })),
    ),
  ]);
}

function scoPage({ title, address }: FramedPage): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <title>${escapeXml(title)}</title>
    <style>
      html, body { margin: 0; height: 100%; }
      body { display: flex; flex-direction: column; font: 1rem/1.5 system-ui, sans-serif; }
      iframe { flex: 1; min-height: 600px; border: 0; }
      p { margin: 0; padding: 0.5rem 1rem; }
      p:empty { display: none; }
    </style>
  </head>
  <body>
    <p id="said" role="status"></p>
    <iframe id="course" src="${escapeXml(address)}" title="${escapeXml(title)}" allow="clipboard-write"></iframe>
    <p><a href="${escapeXml(address)}" target="_blank" rel="noopener">${escapeXml(title)}</a></p>
    <script src="sco.js"></script>
  </body>
</html>
`;
}

/** A link of a cartridge. */
export interface CartridgeLink {
  /** Letters, digits and hyphens. */
  readonly id: string;
  readonly title: string;
  readonly address: string;
}

/** A part of the course in a cartridge. */
export interface CartridgePart {
  readonly title: string;
  readonly links: readonly CartridgeLink[];
}

/** The files of a Common Cartridge 1.1 (1EdTech, "Common Cartridge Profile: Implementation", version 1.1). */
export function commonCartridge(title: string, parts: readonly CartridgePart[]): Readonly<Record<string, string>> {
  const namespace = "http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1";
  const lom = "http://ltsc.ieee.org/xsd/imsccv1p1/LOM/manifest";
  const links = parts.flatMap((part) => part.links);
  const fileOf = ({ id }: CartridgeLink) => `links/${id}.xml`;
  const manifest = element("manifest", { xmlns: namespace, "xmlns:lom": lom, identifier: "two-servers-cartridge" }, [
    element("metadata", {}, [
      textElement("schema", "IMS Common Cartridge"),
      textElement("schemaversion", "1.1.0"),
      element(
        "lom:lom",
        {},
        element("lom:general", {}, element("lom:title", {}, textElement("lom:string", title, { language: "en" }))),
      ),
    ]),
    element(
      "organizations",
      {},
      element("organization", { identifier: "course", structure: "rooted-hierarchy" }, [
        element(
          "item",
          { identifier: "root" },
          parts.map((part, index) =>
            element("item", { identifier: `part-${index}` }, [
              textElement("title", part.title),
              ...part.links.map((link) =>
                element("item", { identifier: `item-${link.id}`, identifierref: link.id }, [
                  textElement("title", link.title),
                ]),
              ),
            ]),
          ),
        ),
      ]),
    ),
    element(
      "resources",
      {},
      links.map((link) =>
        element("resource", { identifier: link.id, type: "imswl_xmlv1p1" }, element("file", { href: fileOf(link) })),
      ),
    ),
  ]);
  return {
    "imsmanifest.xml": xmlFile(manifest),
    ...Object.fromEntries(links.map((link) => [fileOf(link), webLink(link)])),
  };
}

function webLink({ title, address }: CartridgeLink): string {
  return xmlFile(
    element("webLink", { xmlns: "http://www.imsglobal.org/xsd/imsccv1p1/imswl_v1p1" }, [
      textElement("title", title),
      element("url", { href: address, target: "_blank" }),
    ]),
  );
}
