/** The words of the page on which readers run their own app. */

import { inLanguage } from "../in-language.ts";
import { capital, counted, listed } from "./english.ts";

const megabytes = (bytes: number): string =>
  bytes >= 1_000_000_000 ? `${(bytes / 1_000_000_000).toFixed(1)} GB` : `${Math.round(bytes / 1_000_000)} MB`;

/** The words. */
export const projectStrings = inLanguage("projectStrings", {
  title: "Your own app",
  description:
    "Drop a Flask, Django, FastAPI, Bottle or plain WSGI project into the page, and see it under a development server and a production server side by side.",
  introduction:
    "Drop your project here. The page looks at it, proposes a command line for each side, and starts both servers in your browser with your files.",
  /** Before the links to the pages about other frameworks. */
  frameworks: "Not sure what to look for? These pages show it, each with a lab:",
  private: "Nothing leaves your browser: the files are read in this tab, and no server receives them.",
  needsScript: "This page needs JavaScript: it reads your files and runs your app in your browser.",

  drop: {
    region: "Drop your project",
    hint: "Drop a folder, a .zip, a .tar.gz or single files here, or paste a file.",
    input: "Your project",
    folder: "Choose a folder",
    folderInput: "Your project’s folder",
    paste: "Paste one file",
    pasteField: "Text of app.py",
    pasteTake: "Use it as app.py",
    examples: "Or try one of ours",
    reading: "Reading your project.",
    limits: "At most 1,000 files, 10 MB each and 40 MB together; an archive at most 50 MB.",
    replace: (before: string, after: string) =>
      `“${before}” is open. Replace it with “${after}”? What you changed in “${before}” is lost, and its servers stop.`,
    replaceYes: "Replace it",
    replaceNo: (before: string) => `Keep “${before}”`,
    kept: (before: string) => `“${before}” stays as it was.`,
    taken: (name: string, files: number) => `“${name}” is here: ${counted(files, "file", "files")}.`,
    /** @param secrets paths of files that were not kept */
    left: (name: string, secrets: readonly string[]) =>
      `“${name}” was open in this tab, and can be opened again with your changes.${
        secrets.length === 0
          ? ""
          : ` ${listed(secrets)} ${secrets.length === 1 ? "holds" : "hold"} secrets and ${secrets.length === 1 ? "was" : "were"} not kept: add ${secrets.length === 1 ? "it" : "them"} again.`
      }`,
    leftOpen: (name: string) => `Open “${name}” again`,
  },

  examples: {
    guestbook: "A guestbook in Flask, as the tutorial has it",
    shop: "A shop in Flask, with a factory and blueprints",
    diary: "A diary with a login, in Flask and SQLite",
    polls: "Polls in Django, with the admin",
    tasks: "Tasks in FastAPI",
    quotes: "Quotes in Bottle",
    counter: "A counter in plain WSGI",
    weather: "A Flask app with a Procfile",
    broken: "An app that is broken in three ways",
  },

  problems: {
    empty: (left: boolean) =>
      left
        ? "Nothing is left of it: all of its files are of a kind that is left out. Drop the folder that has your source in it."
        : "There are no files in it. Drop the folder that has your app in it.",
    archiveTooLarge: (name: string, size: number, limit: number) =>
      `${name} has ${megabytes(size)} and was not read: an archive may have ${megabytes(limit)}. Leave out the virtual environment, node_modules and data, and pack it again; or drop the folder itself.`,
    tooManyFiles: (limit: number) =>
      `It has more than ${limit.toLocaleString("en")} files. Drop the folder of the app alone, or list what it does not need in .gitignore.`,
    tooManyNames: (limit: number) =>
      `It has more than ${limit.toLocaleString("en")} names, and was not read. Drop the folder of the app alone.`,
    tooMuch: (limit: number) =>
      `It has more than ${megabytes(limit)}. Leave out data and media that the app does not need to start.`,
    fileTooLarge: (path: string, limit: number) =>
      `${path} has more than ${megabytes(limit)}. Leave it out, or list it in .gitignore.`,
    bomb: (name: string) =>
      `${name} unpacks to more than it may: unpacking was stopped. If you made the archive yourself, pack it again without data; if not, do not trust it.`,
    damagedArchive: (name: string) =>
      `${name} is not a whole archive: it is damaged, cut off, or something else under that name. Make it again, or drop the folder itself.`,
    encrypted: (name: string) => `${name} is encrypted. Unpack it on your computer, and drop the folder.`,
    unknownPacking: (name: string) =>
      `${name} is packed in a way that this page does not read. It reads .zip, .tar and .tar.gz: pack it again, or drop the folder.`,
    outsidePath: (name: string, path: string) =>
      `${name === "" ? "It" : name} has a file whose path leads out of it: ${path}. Nothing of it was taken. Pack the folder again from the inside.`,
    samePath: (path: string) =>
      `Two files have the path ${path}, or it is a file and a folder at once. Drop one folder, or files with different names.`,
    taken: (path: string) =>
      `There is ${path} already, and nothing was added. Delete it or move it first, or give your file another name.`,
    twoProjects: (names: readonly string[]) => `These are two projects at once: ${listed(names)}. Drop one of them.`,
    unreadable: (path: string) =>
      `Your browser could not read ${path}: it was moved, changed or is not yours to read. Drop it again.`,
  },

  leftOut: {
    heading: (count: number) => `Left out: ${counted(count, "folder or file", "folders and files")}`,
    reasons: {
      "virtual environment": "a virtual environment, made for your computer",
      "node modules": "packages of Node.js",
      bytecode: "byte code, which Python makes again",
      "version control": "the history of your project",
      cache: "the cache of a tool",
      gitignore: "listed in .gitignore",
      "system file": "a file of your operating system",
      link: "a link, which could lead anywhere",
      "special file": "neither a file nor a folder",
    },
  },
  notes: {
    secret: (path: string) => `${path} holds secrets. It stays in this tab: it is neither kept nor put into links.`,
    byteOrderMark: (path: string) =>
      `${path} began with a byte order mark, which is left out here. Save it as “UTF-8 without BOM”: shells and other tools trip over it.`,
    windowsLines: (paths: readonly string[]) =>
      `${paths.length === 1 ? `${paths[0]} has` : `${paths.length} files have`} Windows line ends. They run with Unix ones here; on a Linux server a script with them fails with “bad interpreter”.`,
    notUtf8: (path: string, line: number) =>
      `${path} is not UTF-8 (line ${line}), and Python will refuse it. Save it as UTF-8 in your editor.`,
    textNotUtf8: (path: string, line: number) =>
      `${path} is not UTF-8 (line ${line}), and frameworks read such files as UTF-8: a page made from it fails. Save it as UTF-8 in your editor.`,
    utf16: (path: string) =>
      `${path} was in UTF-16, as PowerShell’s > writes it, and is read as UTF-8 here. Save it as UTF-8: Python and most tools refuse it otherwise.`,
    otherEncoding: (path: string, encoding: string) =>
      `${path} is in ${encoding}, as its first lines say. It runs as it is, and cannot be edited here. Save it as UTF-8 to change that.`,
  },

  what: {
    region: "What it is",
    kinds: {
      flask: "A Flask app",
      quart: "A Quart app",
      django: "A Django project",
      fastapi: "A FastAPI app",
      starlette: "A Starlette app",
      bottle: "A Bottle app",
      wsgi: "A plain WSGI app",
      asgi: "An ASGI app",
    },
    found: (kind: string, path: string) => `${kind}, found in ${path}.`,
    notFound: "No app was found.",
    development: "Development",
    production: "Production",
    doubts: "What could not be told",
    problems: "What will go wrong",
    tasks: "Before it starts",
    packages: "Packages",
  },
  reasons: {
    flaskRun: (debug: boolean) =>
      debug
        ? "what Flask’s tutorial uses, with debug mode because the project turns it on"
        : "what Flask’s tutorial uses",
    quartRun: "what Quart’s tutorial uses",
    runserver: "what Django’s tutorial uses",
    uvicornReload: "one process, which starts again when a file changes",
    ownMain: (path: string) => `${path} starts its own server`,
    gunicornReload: "WSGI has no server of its own: one worker, which starts again when a file changes",
    gunicornWorkers: "four processes that share one port, the usual choice for WSGI",
    gunicornConfig: (path: string) => `Gunicorn reads ${path} by itself`,
    waitressRequired: "the project asks for Waitress",
    uvicornWorkers: "four processes that share one port, each with an event loop",
    hypercornWorkers: "four processes that share one port, each with an event loop",
    fromFile: (path: string) => `from ${path}`,
  },
  doubts: {
    severalApps: (taken: string, others: readonly string[]) =>
      `There is more than one app. ${taken} was taken; ${listed(others)} could be meant, too. Change both command lines if so.`,
    factoryNeedsArguments: (path: string, name: string) =>
      `${name}() in ${path} needs arguments, and a server gives it none. Give them defaults, or put the call into the command line.`,
    inAFolder: (folder: string) =>
      `The app is in ${folder}/, so that PYTHONPATH=${folder} comes first. Paths that the app opens count from the top of the project.`,
    unknownProgram: (path: string, program: string) =>
      `${path} starts ${program}, which is not here. The proposal is the nearest that is.`,
    unreadableCommand: (path: string, line: string) =>
      `The command in ${path} needs a shell, or variables that are not known here: ${line}`,
    appWithoutName: (path: string) =>
      `The app in ${path} is Bottle’s own and has no name there. Gunicorn needs one: add the line app = bottle.default_app().`,
    portOfItsOwn: (path: string, line: number, port: number) =>
      `${path}, line ${line}, asks for port ${port}. Only “python ${path}” listens there: the commands here have ports of their own. Change the commands if it must be ${port}.`,
    needsVariable: (path: string, line: number, name: string) =>
      `${path}, line ${line}, needs the variable ${name}. Put ${name}=… before both commands, or into a file .env if the app reads one.`,
  },
  trouble: {
    noApp: (hasPython: boolean) =>
      hasPython
        ? "There is Python, and no app in it: no Flask(…), FastAPI(…), Bottle(…), no manage.py with a wsgi.py, and no function with the parameters environ and start_response. Is the file with the app among those you dropped? If it is, write the command lines yourself."
        : "There is no Python file in it. Drop the folder of a Python web app, or choose an example.",
    notPython: (path: string, line: number) => `${path}, line ${line}, is not valid Python. Correct it in Files.`,
    runsAtImport: (path: string, line: number, call: string) =>
      `${path}, line ${line}: ${call} starts a server as soon as the file is imported, and the production server imports it. Put it behind if __name__ == "__main__":.`,
    threadAtImport: (path: string, line: number) =>
      `${path}, line ${line}, starts a thread, a pool or a scheduler when the file is imported: each worker has its own, and four workers do the work four times. Move it into a program of its own.`,
    databaseServer: (path: string, server: string) =>
      `${path} uses ${server}, which is a server of its own and cannot be reached from the page.`,
    sqliteInstead: {
      django: 'With SQLite it runs here: "ENGINE": "django.db.backends.sqlite3", "NAME": BASE_DIR / "db.sqlite3".',
      other: "With SQLite it runs here: the module sqlite3, or the URL sqlite:///app.db for SQLAlchemy.",
      none: "Leave that part out here, or keep the data in SQLite.",
    },
    shadowsPackage: (path: string, name: string) =>
      `${path} has the name of the package ${name}, and Python finds it instead. Rename the file.`,
  },
  tasks: {
    migrate: "Create the database’s tables",
    "db upgrade": "Bring the database up to date",
    init: "Prepare the database",
    intro: "Ticked commands run on both sides before the servers start, once.",
  },
  packages: {
    none: "It asks for no packages.",
    here: (version: string) => `${version}, here`,
    toInstall: (version: string) => `${version}, installed before the start`,
    otherVersion: (version: string, wanted: string) => `asked for ${wanted}; runs with ${version}, which is here`,
    absent: "not here. Add its wheel to the files (the .whl whose name ends in none-any), or do without it",
    native: (advice: string) => `not here: native code, which needs another processor. ${advice}`,
    nativeCode: "It is native code, which needs another processor.",
    advice: {
      "csv and statistics": "For small tables, the modules csv and statistics do.",
      sqlite3: "The module sqlite3 is here.",
      hashlib: "The modules hashlib, hmac and secrets are here.",
      "werkzeug.security": "generate_password_hash of werkzeug.security does the same.",
      "xml.etree": "The module xml.etree.ElementTree is here.",
      json: "The module json does the same.",
      asyncio: "The module asyncio is here; leave the faster loop out.",
      none: "There is no pure package that does the same.",
    },
  },

  pypi: {
    /** After the sentence that nothing leaves the browser. */
    exception: "The one exception: if you agree, each time, your browser asks PyPI for packages that are not here.",
    heading: "From PyPI",
    intro:
      "This site may fetch missing packages for you from PyPI, the Python Package Index. Your browser then asks pypi.org and files.pythonhosted.org itself: they learn your IP address and which packages you ask for, and nothing else of your project. Only wheels in pure Python are fetched, and their checksums compared.",
    first: "Nothing has been asked for yet. Choose the packages whose lists of files may be asked for:",
    guessed: (path: string) =>
      `a guess from an import in ${path}; on PyPI another package may have this name, so look there first`,
    ask: (count: number) => `Ask PyPI for ${counted(count, "package", "packages")}`,
    next: "It would ask for these next:",
    wheel: (name: string, version: string, size: string) => `${name} ${version}${size === "" ? "" : `, ${size}`}`,
    size: (bytes: number) =>
      bytes >= 1_000_000 ? `${(bytes / 1_000_000).toFixed(1)} MB` : `${Math.max(1, Math.round(bytes / 1000))} kB`,
    neededBy: (name: string, by: readonly string[]) =>
      `${name}, which ${listed(by)} ${by.length === 1 ? "needs" : "need"}`,
    yes: (count: number) => `Ask for ${counted(count, "file", "files")}`,
    no: "Ask for nothing more",
    asking: "Asking PyPI.",
    stop: "Stop",
    stopped: "Stopped. Nothing was added.",
    left: "Nothing more was asked for, and nothing was added.",
    added: (packages: readonly string[]) =>
      `${listed(packages)} ${packages.length === 1 ? "is" : "are"} in the files now, in wheels/, and installed before the servers start the next time.`,
    again: "Ask again",
    hindered: (name: string, why: string) => `${name} was not added. ${why}`,
    hinderedBy: (name: string, other: string, why: string) =>
      `${name} was not added, because it needs ${other}. ${why}`,
    offline: "Your browser has no network.",
    unreachable:
      "PyPI did not answer, or something in your network keeps this page from reading the answer. Ask again later, or add the wheel to the files.",
    tooSlow: "PyPI took too long to answer. Ask again.",
    unknownPackage: "PyPI has no package of this name. Is it spelt right?",
    refused: (status: number) => `PyPI answered with status ${status}. Ask again later.`,
    notAList:
      "What answered was not PyPI’s list: often it is the login page of a network. Open another page first, and ask again.",
    tooLarge: (limit: number) => `It has more than ${megabytes(limit)}, and is too large for this page.`,
    changed:
      "What came differs from the file in PyPI’s list (by its SHA-256) and was thrown away: something between you and PyPI has changed it.",
    notAWheel: "What came is not a wheel of this package that can be read, and was thrown away.",
    onlyNative:
      "PyPI has it for other processors only, as native code. Look for a package in pure Python that does the same.",
    onlySource: (name: string) =>
      `PyPI has only its source. Make a wheel on your computer with “pip wheel --no-deps ${name}”, and add it to the files if its name ends in none-any.whl.`,
    noVersionFits: (wanted: string, newest: string) =>
      `No wheel in pure Python fits ${wanted}; the newest is ${newest}. Change what your project asks for.`,
    anotherPython: (version: string, requires: string) =>
      `Version ${version} wants Python ${requires}, and here is Python 3.14. Ask for another version.`,
    noSafeFile: (version: string) => `For version ${version}, PyPI’s list names no file of PyPI’s own with a checksum.`,
    clashes: (needs: string, version: string) =>
      `It needs ${needs}, and ${version} is here. Ask for another version of it.`,
    elsewhere: (needs: string, address: string) =>
      `It needs ${needs} from ${address}, which this page may not ask. Add that package’s wheel to the files.`,
    tooMany: (limit: number) => `More than ${limit} packages would be needed.`,
    undecided:
      "What its packages need of each other leads to no choice of versions. Name the versions in your project.",
  },

  files: {
    list: "Files",
    heading: "Files",
    secret: "secret, stays in this tab",
    binary: "not text",
    create: "New file",
    createName: "Path of the new file",
    createTake: "Create",
    rename: "Rename or move",
    renameName: (path: string) => `New path of ${path}`,
    renameTake: "Move",
    remove: "Delete",
    removeNamed: (path: string) => `Delete ${path}`,
    removeSure: (path: string) => `Delete ${path}? It cannot be brought back.`,
    removeYes: "Delete it",
    cancel: "Cancel",
    upload: "Add files",
    download: "Download",
    downloadNamed: (path: string) => `Download ${path}`,
    downloadAll: "Download all as .zip",
    badPath: "A path has parts between slashes, and none of them is “..”.",
    taken: (path: string) => `There is a file at ${path} already.`,
    editor: (path: string) => `File ${path}`,
    choose: "Choose a file to read or change it. Both sides get what you change.",
    noText: (bytes: string) => `This file is not text (${bytes} bytes). Both sides have it as it is.`,
  },

  routes: {
    list: "Routes",
    heading: "Routes and plans",
    fromSource: "Read from the source. Once both sides run, the app itself is asked for its routes.",
    fromApp: "As the app itself tells them.",
    asking: "Asking the app.",
    failed: (why: string) => `The app could not be asked (${why}), so these are the source’s.`,
    columns: {
      method: "Method",
      path: "Path",
      body: "Body",
      weight: "Weight",
      development: "Development",
      production: "Production",
    },
    row: {
      method: (row: number) => `Method of row ${row}`,
      path: (row: number) => `Path of row ${row}`,
      body: (row: number) => `Body of row ${row}`,
      weight: (row: number) => `Weight of row ${row}`,
      remove: (row: number) => `Remove row ${row}`,
    },
    remove: "Remove",
    add: "Add a row",
    check: "Check each",
    checking: "Asking each on both sides.",
    startFirst: "Start both servers first.",
    change: "Change what is asked",
    answers: (development: string, production: string) => `development ${development}, production ${production}`,
    leftOut: ": refused on both sides, so no plan asks for it",
    trouble: {
      "server errors":
        "A status from 500 on is an error in the app. The terminal of that side shows its traceback, whose last line names the cause.",
      "no answers":
        "“No answer” means that nothing came within 10 seconds, or that the server exited meanwhile. The terminal of that side says which.",
      "all refused":
        "The app refuses all of these requests, so a load test would count nothing but errors. Under “Change what is asked”, put in a path that your app answers.",
    },
    weightMeaning: "The plans of the load test are made from this table. Weight 0: not asked.",
    status: (status: number) => String(status),
    noAnswer: "no answer",
  },
  plans: {
    everyPage: "Every page in turn",
    tenReaders: (path: string) => `Ten users on ${path}`,
    form: "A form",
    burst: "A burst",
  },

  differs: {
    region: "What differs",
    hint: "Start both servers and run a load test: what changed between the two sides is listed here.",
    look: "Look again",
    looking: "Asking both sides.",
    none: "Nothing that these rules look for: answers and logs are alike.",
    seeLesson: "Lesson",
    auditHeading: "The checklist’s audit of your files",
    auditNone: "The audit has nothing to say of them.",
    auditLine: (path: string, line: number) => `${path}, line ${line}`,
    commandLine: (side: string) => `Command of ${side}`,
    sides: { development: "the development server", production: "the production server" },
    counterPerWorker: (path: string, development: string, production: string) =>
      `${path} counts in each worker by itself. Asked in turn, development said ${development}; production said ${production}.`,
    differsByWorker: (path: string) =>
      `${path} answers differently from worker to worker: what it shows is kept in a process, and each worker has its own.`,
    stateInVariable: (name: string, path: string, line: number) =>
      `A page changes the variable ${name} (${path}, line ${line}). Each worker of production has its own: what one has noted, the others do not know.`,
    background: { thread: "a thread", scheduler: "a scheduler", process: "a process", task: "a task" },
    backgroundWork: (what: string, path: string, line: number, workers: number) =>
      `${capital(what)} is started when the app is made (${path}, line ${line}). Production makes the app in each of its ${workers} workers, so that ${what} runs in each, and what it does is done ${workers} times.`,
    cookieUnknown: (path: string, cookie: string) =>
      `${path} set the cookie ${cookie}, and not every worker knows it: the secret key, or the session, is made again in each.`,
    statusDiffers: (path: string, development: string, production: string) =>
      `${path} answers ${development} in development and ${production} in production.`,
    locked: (sides: readonly string[]) =>
      `“database is locked” on ${listed(sides)}: several writers came at once, and SQLite lets one write.`,
    errorsOnOneSide: (side: string, failed: string) => `Only ${side} failed requests in the load test: ${failed}.`,
    repeated: (line: string, times: number) =>
      `“${line}” was printed ${times} times in production: each worker does the work of the start again.`,
    debugMode: (sides: readonly string[]) =>
      `Debug mode is on for ${listed(sides)}: whoever sees an error there sees the source, and may run code.`,
    printed: (side: string, line: string) => `“${line}” was printed by ${side} alone.`,
    staticByPython: (path: string) =>
      `Python served ${path}: a worker is busy with it meanwhile. A web server such as Nginx does it without one.`,
    staticMissing: (path: string) =>
      `${path} comes in development and is not found in production: Django’s runserver serves static files, and Gunicorn does not.`,
  },

  keep: {
    heading: "Keep and share",
    keep: "Keep this project on this device",
    kept: "Kept on this device, without the files of secrets.",
    notKept: "It could not be kept: your browser’s storage is full or denied. Download it instead.",
    forget: "Forget it",
    forgotten: "It is no longer kept.",
    remove: "Remove it from this page",
    removeSure: "Remove this project from the page?",
    removeLost:
      "Its files go, with what you changed in them, and its servers stop. A project that you kept on this device stays kept.",
    removed: (name: string) => `“${name}” was removed from this page.`,
    open: "Open the project that you kept",
    file: "Save as .lab.json",
    link: "Copy a link",
    linkCopied: "The link is copied. It holds the whole project, without the files of secrets; opening it asks first.",
    html: "Copy HTML for a course page",
    htmlCopied:
      "The HTML is copied: a frame that holds the whole project, without the files of secrets. Students open it with one click.",
    frameTitle: (name: string) => `The project ${name} on two servers`,
    linkTooLong: (limit: number) =>
      `It is too large for a link or a frame (${limit.toLocaleString("en")} characters). Save it as .lab.json and put that file into your course: whoever chooses it here has the files, the commands and the routes.`,
    linkHasBytes:
      "Links and frames hold text alone, and this project has files that are not text. Save it as .lab.json instead.",
    fromLink: (name: string) => `A link brings the project “${name}”. Open it? Nothing of it runs before you start it.`,
    fromLinkYes: "Open it",
    fromLinkNo: "Leave it",
    badKept: "The project that was kept cannot be read any more.",
    framedOnly: "No project came with this frame. Its address ends with #project=… where one did: copy the HTML again.",
    ownTab: "Open it in a tab of its own",
    badLink: "The link is damaged or cut off. Ask for it again.",
    badFile: (name: string) => `${name} is not a project that this page has saved.`,
  },

  fromLesson: {
    before: "Does your own app do the same?",
    link: "Run it on two servers",
    after: ", in this browser.",
  },

  lab: {
    title: (name: string) => `Your app ${name}`,
    titles: { development: "Development server", production: "Production server" },
  },
});
