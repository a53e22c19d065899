import { inLanguage } from "../in-language.ts";

/** The words of the page for whoever hosts the site. */
export const hostingStrings = inLanguage("hostingStrings", {
  title: "Host this site",
  description: "How to put this site on a host of your own: one folder, at any path, with or without headers.",
  introduction:
    "The site is one folder of files. Copy it to any static host, to the root of a domain or to a folder below it, unchanged: all addresses in it are relative. There is nothing to install and nothing to configure.",
  getHeading: "Get the folder",
  get: "A release is a zip of the folder, two-servers-…zip, with its SHA-256 beside it. To make both from the source:",
  check: "Compare the checksum, and unpack the zip where your host looks for files:",
  reproducible:
    "The same source and the same Debian image give the same zip, byte for byte. `sbom.cdx.json` lists what it consists of, with versions, licences and hashes, in the CycloneDX format.",
  withoutTerminalHeading: "Without a terminal",
  withoutTerminal:
    "With the zip of a release on your computer, unpacked to a folder, each of these takes about ten minutes. No file in it is larger than 25 MiB, which is the strictest limit among them; the folder has about a thousand files.",
  withoutTerminalHosts: [
    {
      host: "Netlify",
      steps: [
        "Open app.netlify.com/drop and log in, or make a free account.",
        "Drag the unpacked folder onto the page, and wait until all of it is there.",
        "Open the address that it shows. Under “Site configuration” you can change the name.",
      ],
    },
    {
      host: "Cloudflare Pages",
      steps: [
        "In the dashboard choose “Workers & Pages”, “Create”, “Pages”, “Upload assets”, and give the project a name.",
        "Drag the unpacked folder into the window and choose “Deploy site”.",
        "For a newer release choose “Create new deployment” in the same project.",
      ],
    },
    {
      host: "GitHub Pages",
      steps: [
        "Install GitHub Desktop, and create a new repository with it: its website takes too few files at a time.",
        "Copy what is in the unpacked folder into the repository's folder, commit, and publish the repository as a public one.",
        "On github.com open the repository's “Settings”, “Pages”, choose “Deploy from a branch”, the branch main and the folder “/ (root)”, and save. The address appears there after some minutes.",
      ],
    },
    {
      host: "Web space of a school or university",
      steps: [
        "Open its file manager (cPanel has one), or connect with a program for SFTP.",
        "Make a folder where the web server looks, often `public_html`, and upload the zip into it; choose “Extract”. With SFTP, upload the unpacked folder.",
        "Open the folder's address. If it shows a list of files or an error, ask whoever runs the server for what “What the host must do” says.",
      ],
    },
  ],
  withoutTerminalChecked:
    "The steps follow these hosts' own instructions and have not been tried by a test; menus change their names.",
  needsHeading: "What the host must do",
  needs: [
    "Redirect the address of a folder without its trailing slash to the address with it. Static hosts do.",
    "Send `.wasm`, `.js`, `.mjs`, `.svg` and `.webmanifest` files with their usual types.",
    "Send files as they are. A host that minifies pages or puts scripts into them breaks their policies, and the site will not work offline.",
    "Use HTTPS, or localhost: browsers keep a site for use without a network, and run the Node machine, only then. Everything else works without it.",
  ],
  helpHeading: "What it may do",
  help: "Every page carries its own Content-Security-Policy, so no header is needed. These files set three kinds of headers that help:",
  helps: [
    "Cache rules. Files whose names change with their content (`_astro/`, and parts of machines) never have to be asked for again; pages, the service worker and lists of files are checked at each use.",
    "Isolation (COOP and COEP) for the pages of the Node machine, and only for those. Where no header is sent, the site's service worker adds it.",
    "Protection that only a header can give: no guessing of types, no access to camera, microphone and the like, and other sites may frame embedded labs and nothing else.",
  ],
  files: "The files",
  columns: { host: "Host", file: "File", use: "What to do" },
  hosts: [
    {
      host: "Netlify, Cloudflare Pages",
      file: "_headers",
      use: "It is read where it is. It cannot match query strings, so isolating lab pages is left to the service worker.",
    },
    {
      host: "Apache",
      file: ".htaccess",
      use: "It is read where it lies, if `AllowOverride` has `FileInfo` and `mod_headers` is on.",
    },
    {
      host: "nginx",
      file: "hosting/nginx-http.conf, hosting/nginx-location.conf",
      use: "Include the first in the http block, and the second in the location of the site.",
    },
    { host: "Caddy", file: "hosting/Caddyfile", use: "Import it in the block of the site, beside `file_server`." },
    {
      host: "GitHub Pages, Python's `http.server`, others",
      file: "—",
      use: "Nothing. Try it at home: `python3 -m http.server --directory site`.",
    },
  ],
  offlineHeading: "Use without a network",
  offline:
    "One visit is enough: a service worker keeps the site, and replaces it as a whole when you upload a newer one. Upload pages last, so that nobody is sent a page before its scripts are there; a visitor's browser compares what it keeps with checksums, and tries again later if something does not match. To build a site that keeps nothing:",
  pypiHeading: "Packages from PyPI",
  pypi: "On the page “Your own app” a project may need a package that this site lacks. Visitors can always add its wheel to their files. You can let their browsers fetch it from the Python Package Index as well: they are shown every address of pypi.org and files.pythonhosted.org first, and agree each time. The policies of that page and its embedded form then allow these two hosts, and the privacy page says so. It is off unless you build with:",
  checked:
    "The tests start Python's http.server, nginx, Apache and Caddy, as Debian has them, with these files, and look at redirects, types, cache rules, isolation and protection; on nginx, a lab runs, also in a frame of another site. `_headers` has not been tested on any of its hosts.",
} as const);
