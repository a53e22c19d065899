/**
 * The words of the audit, in English: what each rule found, and why that matters. Apart from the others, because one
 * page loads them.
 */
import { inLanguage } from "../in-language.ts";

/** A rule in words. */
interface RuleInWords {
  /** What was found. `about` is an option, a name or a value from the text, and may be empty. */
  readonly what: (about: string) => string;
  /** Why that matters, in a sentence or two. */
  readonly why: string;
}

/** With what it is about, where that is known: `The debugger is on (FLASK_DEBUG).` */
const said = (sentence: string) => (about: string) => (about === "" ? `${sentence}.` : `${sentence}: ${about}.`);

const ruleWords = {
  "not-looked-through": {
    what: said("The audit did not look through this text"),
    why: "It may be right or wrong. Try a part of it.",
  },
  "too-deeply-nested": {
    what: () => "The audit did not look into this: it is nested too deeply.",
    why: "What is in there may be right or wrong.",
  },
  "more-findings": {
    what: (about) => (about === "" ? "There are more findings." : `There are ${about} more findings.`),
    why: "Only the first ones are shown. Fix them, and the next ones follow.",
  },
  "not-a-command-line": {
    what: said("What should run this does not understand it"),
    why: "Nothing would be started. Often a quote is open, or a bracket is outside quotes: write 'app:create_app()'.",
  },
  "no-server": {
    what: () => "No server is started here.",
    why: "The audit knows flask run, gunicorn, waitress-serve and uwsgi, also in a Dockerfile, a Procfile, and files of supervisor and Docker Compose.",
  },
  "development-server": {
    what: (about) =>
      about === ""
        ? "This is the development server."
        : `This is the development server, and everybody reaches it: ${about}.`,
    why: "It has no limit on threads and no timeouts, nothing replaces it when it dies, and a restart cuts off the requests in progress.",
  },
  "open-debugger": {
    what: said("The debugger is on"),
    why: "Anyone who reaches an error page can read your code and, with the PIN, run Python with all the app's rights.",
  },
  "debug-in-environment": {
    what: said("Debug mode is switched on in the environment"),
    why: "A production server has no debugger, but errors now pass through Flask: your own error pages are gone. And the next flask run opens the debugger.",
  },
  "pin-off": {
    what: () => "The debugger asks for no PIN.",
    why: "Two requests are enough to run code in the app's process.",
  },
  "unknown-option": {
    what: said("The server does not know this option"),
    why: "It prints an error and does not start.",
  },
  "no-value": { what: said("This option has no value"), why: "The server prints an error and does not start." },
  "not-a-number": {
    what: said("This must be a whole number"),
    why: "The server prints an error and does not start. Times are seconds, without a unit.",
  },
  "no-app": {
    what: () => "No app is named.",
    why: "The server prints an error and does not start. Name the module and the app in it, as in shop:app.",
  },
  "not-a-module": {
    what: said("This names no module and no app in one"),
    why: "Before the colon is a module as in an import, without .py and with dots for folders; after it a name, or a call of one.",
  },
  "secret-on-command-line": {
    what: said("A key is in the command"),
    why: "It stays in the shell's history, and an option is in the list of processes, which every user of the computer sees.",
  },
  "container-runs-as-root": {
    what: () => "In the container, the server runs as root.",
    why: "That is how an image is without USER. Whoever gets the app to run code then owns every file of the container, and is closer to a way out of it.",
  },
  "hears-only-itself": {
    what: () => "Nobody outside the container reaches this server.",
    why: "It listens on 127.0.0.1, which in a container is the container alone. Publishing the port does not change that; 0.0.0.0 does.",
  },
  "runs-as-root": {
    what: said("The server runs as root"),
    why: "Whoever gets the app to run code has the whole computer. A port below 1024 is the reverse proxy's business.",
  },
  "nobody-watches": {
    what: said("Nobody starts this again"),
    why: "It was put in the background and nothing watches it. When its master dies, or the computer restarts, the site is gone until somebody notices.",
  },
  "everybody-can-connect": {
    what: said("Everybody who reaches this computer can connect"),
    why: "That may be meant, in a container for instance. Behind a reverse proxy on the same computer, listen on 127.0.0.1, so that nobody can bypass it.",
  },
  "no-time-out": {
    what: () => "A worker that hangs is never replaced.",
    why: "A timeout of 0 switches it off. Each endless request then takes one worker out of service for good.",
  },
  "reload-in-production": {
    what: () => "Workers restart whenever a file changes.",
    why: "It is made for development: half a deploy is loaded, watching files takes time, and while the app does not load, anyone who asks is shown the traceback.",
  },
  "traces-every-line": {
    what: () => "Every line that runs is printed.",
    why: "It is the last resort of debugging, and slows everything down.",
  },
  "trusts-every-proxy": {
    what: () => "Headers are trusted from anybody.",
    why: "Anyone who reaches the port directly can claim that a request came over HTTPS. Name the proxy's address instead.",
  },
  "no-limit-of-request-line": {
    what: () => "A request's first line may have any length.",
    why: "The limit is there against requests that are made to fill the memory.",
  },
  "unknown-setting": {
    what: said("Gunicorn has no setting of this name"),
    why: "It silently ignores names that it does not know, so this line does nothing.",
  },
  "not-an-address": {
    what: said("Gunicorn has no such address to listen on"),
    why: "It takes HOST:PORT, unix:PATH and fd://N, in which the port is a number. In single quotes, or in a list of a Dockerfile, nothing is put in for $PORT.",
  },
  "refused-value": {
    what: said("Gunicorn does not take this value"),
    why: "It prints an error and does not start. The reference says which values a setting has.",
  },
  "unknown-worker": {
    what: said("Gunicorn has no worker of this kind"),
    why: "It prints an error and does not start. Eventlet's worker is gone since version 26; gthread and gevent do its work.",
  },
  "worker-speaks-asgi": {
    what: said("This worker is for ASGI apps"),
    why: "A Flask app is a WSGI app: called in ASGI's way, it fails on each request. Right for Quart, FastAPI and Starlette.",
  },
  "one-at-a-time": {
    what: () => "One request at a time, unless it is set elsewhere.",
    why: "One sync worker serves one user at a time; the others wait. Settings may also be in gunicorn.conf.py, WEB_CONCURRENCY or GUNICORN_CMD_ARGS.",
  },
  "threads-outlive-the-time-out": {
    what: () => "The timeout does not end a request that hangs in a thread.",
    why: "A threaded worker says that it is alive while its threads hang. They are lost one by one.",
  },
  "preload-keeps-old-code": {
    what: () => "HUP does not load new code.",
    why: "The app is loaded before the workers are forked, once. A deploy has to start another master.",
  },
  "four-threads": {
    what: () => "Four requests at a time.",
    why: "Waitress has four threads by default. It logs a warning when requests have to wait for one.",
  },
  "tracebacks-for-strangers": {
    what: () => "Users see tracebacks.",
    why: "They show paths and code to everybody. The log has them already.",
  },
  "waitress-trusts-everybody": {
    what: () => "Forwarded headers are trusted from anybody.",
    why: "Anyone who reaches the port directly can pretend to be any user. Name the proxy's address instead.",
  },
  "unknown-argument": {
    what: said("Waitress has no argument of this name"),
    why: "serve() raises ValueError, and the server does not start.",
  },
  "uwsgi-open-socket": {
    what: said("Everybody can speak uWSGI's own protocol to this socket"),
    why: "That protocol can make the server load and run other code. It is for a proxy in front: listen on 127.0.0.1 or on a file. For browsers there is --http.",
  },
  "uwsgi-autoreload": {
    what: () => "uWSGI scans all modules for changes.",
    why: "Its documentation says that this is slow, and for development only.",
  },
  "uwsgi-shows-exceptions": {
    what: () => "Users see tracebacks.",
    why: "The option is for debugging only: it shows code and paths to everybody.",
  },
  "uwsgi-no-master": {
    what: () => "There is no master process.",
    why: "Nobody replaces a worker that dies, and there is no reload. uWSGI's own guide says to always use --master.",
  },
  "uwsgi-no-time-out": {
    what: () => "A request may run forever.",
    why: "uWSGI ends a worker that takes too long only with --harakiri and a number of seconds.",
  },
  "uwsgi-term-reloads": {
    what: () => "Stopping this service may restart it instead.",
    why: "systemd stops it with SIGTERM, which uWSGI 2.0 takes as a reload, unless die-on-term is set. KillSignal=SIGQUIT stops it.",
  },
  "python-not-understood": {
    what: () => "From here on this is not Python.",
    why: "The server does not start with it. The rest of the file was checked all the same.",
  },
  "debug-in-file": {
    what: said("The file switches the debugger on"),
    why: "Under gunicorn the line may never be reached. It is as soon as someone types python app.py on the server.",
  },
  "run-without-condition": {
    what: () => "A development server starts while the file is imported.",
    why: 'Every worker of a production server imports it, and gets stuck there. Put it behind if __name__ == "__main__".',
  },
  "development-server-for-all": {
    what: said("Started by hand, the development server is open to everybody"),
    why: "python app.py is quickly typed, even on a server. Without host it listens on this computer only.",
  },
  "development-server-in-file": {
    what: () => "Only python app.py starts this.",
    why: "A production server imports the file and does not reach the line. Take care that nothing else starts the file.",
  },
  "debugger-around-the-app": {
    what: () => "The debugger is a part of the app.",
    why: "It then runs under every server, gunicorn included: anyone who causes an error gets a console.",
  },
  "errors-pass-through": {
    what: said("Errors pass through Flask"),
    why: "Your own error pages are not shown; the server's bare one is.",
  },
  "secret-in-file": {
    what: said("A key is in the code"),
    why: "Code is copied, published and backed up. Anyone who knows the key can write session cookies that say admin. Read it from the environment.",
  },
  "secret-fallback": {
    what: said("Without the variable the app goes on with a key that everybody can read"),
    why: 'Better that it does not start: os.environ["NAME"] fails at once.',
  },
  "text-as-code": {
    what: (about) => `${about}() runs whatever text it is given.`,
    why: "If any of it comes from a request, whoever sends that runs their own code on your server, as with an open debugger. Read numbers with int() or float(), data with json.loads().",
  },
  "waits-without-limit": {
    what: (about) => `${about}() waits forever if the other server does not answer.`,
    why: "A worker or a thread waits with it, and after a few such requests nobody is left to answer. Give it a limit: timeout=5.",
  },
  "secret-of-each-worker": {
    what: said("Each worker makes a key of its own"),
    why: "A session that one worker signed is refused by the others, and by all after a restart. Make the key once, and read it from the environment.",
  },
  "nginx-not-understood": {
    what: said("nginx refuses this"),
    why: "It keeps running with its old configuration, or does not start. nginx -t says the same.",
  },
  "alias-leaves-its-folder": {
    what: said("Strangers can leave the folder"),
    why: "The path has no trailing slash and the alias has one: /static../app.py is then your code. Write the slash in both.",
  },
  "alias-joins-names": {
    what: said("The alias lacks its trailing slash"),
    why: "The rest of the path is appended as it is: /static/style.css becomes staticstyle.css, which is not there. Write the slash in both.",
  },
  "no-certificate": {
    what: said("This part of the configuration lacks something for TLS"),
    why: "nginx refuses a server that listens with ssl unless it has a certificate and its key, here or in a block around it.",
  },
  "address-can-be-forged": {
    what: said("Clients choose their own address"),
    why: "What they send is passed on as it is. Use $proxy_add_x_forwarded_for, or $remote_addr.",
  },
  "old-tls": {
    what: said("Broken versions of TLS are offered"),
    why: "RFC 8996 forbids TLS 1.0 and 1.1. Name TLSv1.2 and TLSv1.3.",
  },
  "no-uwsgi-params": {
    what: () => "The app learns nothing about the request.",
    why: "uWSGI's protocol carries path and method in parameters, which include uwsgi_params sets.",
  },
  "app-knows-no-reader": {
    what: said("The app is not told everything about who asked, and how"),
    why: "Without these headers it sees the proxy's address and name, and http. With them it still needs ProxyFix, or the server's own setting, to believe them.",
  },
  "no-tls": {
    what: () => "No TLS in this file.",
    why: "Passwords and cookies travel unencrypted, unless something in front encrypts them.",
  },
  "no-buffering": {
    what: said("Slow clients reach the app"),
    why: "Right for streaming. Otherwise each slow client holds a sync worker for as long as the slow connection takes.",
  },
  "no-limit-of-body": {
    what: () => "An upload may have any size.",
    why: "0 switches the check off; a stranger can fill the disk. Flask has MAX_CONTENT_LENGTH as a second limit.",
  },
  "folder-is-listed": {
    what: () => "Visitors see what is in the folder.",
    why: "Including anything put there by mistake.",
  },
  "unit-not-understood": {
    what: said("systemd refuses this, or ignores it"),
    why: "A line is [Section], Key=value or a comment, below a section; keys and values are those of its manual pages. `systemd-analyze verify` says the same.",
  },
  "nobody-restarts": {
    what: () => "When the server dies, nobody starts it again.",
    why: "Any process can crash, or be killed because memory is short, and a master process is no exception. In a unit, Restart=on-failure starts it again.",
  },
  "restarted-by-its-socket": {
    what: () => "When the server dies, the next connection starts it.",
    why: "The socket unit keeps listening meanwhile. Restart=on-failure would not wait for a client.",
  },
  "unit-runs-as-root": {
    what: () => "The server runs as root.",
    why: "A system service does, unless User= or DynamicUser= says otherwise. Whoever gets the app to run code has the whole computer.",
  },
  "no-shell-in-a-unit": {
    what: said("There is no shell here"),
    why: "The program is started without one, and is handed this as an argument. A unit has WorkingDirectory= and Environment= instead; anything else needs bash -c '…'.",
  },
  "program-not-found": {
    what: said("systemd finds no program by this path"),
    why: "It needs the full path, starting with /, and does not expand ~.",
  },
  "waits-for-a-notice": {
    what: said("systemd waits for a message that never comes, from"),
    why: "Type=notify is for servers that report when they are ready, as gunicorn and uWSGI do. After a timeout this one is ended and counts as failed.",
  },
  "waits-for-a-fork": {
    what: () => "systemd waits for the program to leave, which it does not.",
    why: "Type=forking is for programs that go to the background by themselves, Type=oneshot for those that are soon done. The service never counts as started.",
  },
  "leaves-the-service": {
    what: () => "The server moves to the background, away from whatever watches it.",
    why: "systemd then thinks that it has ended. A supervisor wants a child that stays.",
  },
  "secret-in-unit": {
    what: said("A key is in the unit"),
    why: "Every user of the computer can ask systemd for a unit's Environment=. EnvironmentFile= with a file that only root reads, or LoadCredential=, keeps it secret.",
  },
  "breaks-off-answers": {
    what: said("Stopping cuts off the requests in progress"),
    why: "This signal makes gunicorn leave at once. SIGTERM, which is what systemd sends by default, lets it finish.",
  },
  "leaves-workers-behind": {
    what: said("A stop ends only the main process"),
    why: "If that dies without its workers, they keep the port, and the next start fails. KillMode=mixed asks the master first, and ends what is left.",
  },
  "control-socket-has-no-place": {
    what: said("Gunicorn's control socket has nowhere to go"),
    why: "Gunicorn 25.1 and later put it into the user's home folder, which this unit makes read-only: each start logs an error. Add --no-control-socket, or name a path with --control-socket.",
  },
  "not-started-at-boot": {
    what: () => "Nothing starts this when the computer starts.",
    why: "systemctl enable looks for WantedBy= below [Install].",
  },
} as const satisfies Readonly<Record<string, RuleInWords>>;

/** All words of the audit. */
export const auditStrings = inLanguage("auditStrings", {
  label: "Audit",
  introduction:
    "Choose a kind of text, and paste yours or change the example. It is checked in this page and sent nowhere. None of it is run.",
  choose: "What to check",
  kinds: {
    command: "Command line",
    app: "app.py",
    "gunicorn-conf": "gunicorn.conf.py",
    nginx: "nginx.conf",
    unit: "systemd unit",
  },
  editor: (kind: string) => `Text to audit: ${kind}`,
  example: "Restore the example",
  empty: "Clear",
  results: "Findings",
  mend: "To fix",
  know: "Good to know",
  line: (line: number) => `Line ${line}`,
  goTo: (line: number, what: string) => `Line ${line}: ${what} Show it in the text.`,
  shown: "See",
  counted: (mend: number, know: number) =>
    mend + know === 0
      ? "Nothing found. That does not make it right: the audit knows only what is in the list below."
      : `${mend} to fix, ${know} good to know.`,
  nothing: "There is nothing to check yet.",
  failed: "The audit could not be loaded. Check the connection, and load the page again.",
  needsScript: "The audit needs JavaScript. The examples, and what it looks for, can be read here.",
  list: "Everything that the audit looks for",
  source: (host: string) => `source: ${host}`,
  rules: ruleWords,
} as const);
