import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { auditStrings } from "../../strings/strings.ts";
import { audit } from "./audit.ts";
import { lineOf, type TextKind, textKinds } from "./findings/finding.ts";
import { type RuleName, ruleNames, rules } from "./findings/rules.ts";
import { officialExamples } from "./testing/official-examples.ts";

/** A text in which a rule fires, the line where, and the same text mended. */
interface Case {
  readonly kind: TextKind;
  readonly bad: string;
  readonly line: number;
  readonly mended: string;
}

const command = (bad: string, mended: string, line = 1): Case => ({ kind: "command", bad, mended, line });
const app = (line: number, bad: string, mended: string): Case => ({ kind: "app", bad, mended, line });
const conf = (line: number, bad: string, mended: string): Case => ({ kind: "gunicorn-conf", bad, mended, line });
const nginx = (line: number, bad: string, mended: string): Case => ({ kind: "nginx", bad, mended, line });
const service = (lines: readonly string[]) => `[Unit]\nDescription=App\n\n[Service]\n${lines.join("\n")}\n`;
const good = [
  "Type=notify",
  "User=app",
  "Restart=on-failure",
  "ExecStart=/srv/venv/bin/gunicorn -w 4 -b unix:/run/app/app.sock app:app",
  "[Install]",
  "WantedBy=multi-user.target",
];
/** A good unit with lines instead of others; what it changes is named by its beginning. */
const unit = (line: number, ...changes: readonly (readonly [begins: string, line: string | undefined])[]): Case => {
  const bad = good.flatMap((each) => {
    const change = changes.find(([begins]) => each.startsWith(begins));
    return change === undefined ? [each] : (change[1] ?? []);
  });
  const added = changes.filter(([begins]) => begins === "+").flatMap(([, each]) => each ?? []);
  return { kind: "unit", bad: service([...added, ...bad]), mended: service(good), line };
};

it("has words for each rule and each kind of text, and for nothing else", () => {
  expect(Object.keys(auditStrings.rules).sort()).toEqual([...ruleNames].sort());
  expect(Object.keys(auditStrings.kinds).sort()).toEqual([...textKinds].sort());
});

/** These tell of what was not looked at, in texts of any kind: `hostile-texts.test.ts`. */
const ofTheAudit = ["not-looked-through", "too-deeply-nested", "more-findings"] as const;
type RuleOfTexts = Exclude<RuleName, (typeof ofTheAudit)[number]>;
const rulesOfTexts = ruleNames.filter((rule): rule is RuleOfTexts => ofTheAudit.every((each) => each !== rule));

const cases: Readonly<Record<RuleOfTexts, readonly Case[]>> = {
  "not-a-command-line": [command("gunicorn 'app:app", "gunicorn 'app:app'")],
  "no-server": [command("pip install gunicorn", "pip install gunicorn\ngunicorn app:app")],
  "development-server": [
    command("cd /srv\nflask --app app run --host 0.0.0.0", "cd /srv\ngunicorn -w 4 app:app", 2),
    command("FLASK_APP=app python3 -m flask run", "python3 -m gunicorn app:app"),
    command("/srv/venv/bin/flask run -p 80", "/srv/venv/bin/flask db upgrade"),
  ],
  "open-debugger": [
    command("flask --app app run --debug", "flask --app app run --no-debug"),
    command("flask --app app --debug run", "flask --app app run"),
    command("FLASK_DEBUG=1 flask run", "FLASK_DEBUG=0 flask run"),
  ],
  "debug-in-environment": [
    command("env FLASK_DEBUG=true gunicorn app:app", "env FLASK_DEBUG=false gunicorn app:app"),
    unit(5, ["+", "Environment=FLASK_DEBUG=1"]),
  ],
  "pin-off": [command("WERKZEUG_DEBUG_PIN=off flask run", "flask run")],
  "unknown-option": [
    command("gunicorn --worker-count 4 app:app", "gunicorn --workers 4 app:app"),
    command("waitress-serve --worker=4 app:app", "waitress-serve --thr=4 app:app"),
    command("waitress-serve -p 80 app:app", "waitress-serve --port 80 app:app"),
    command("flask run --workers 4", "flask run --with-threads"),
    command("gunicorn --worker 4 app:app", "gunicorn --worker-cl sync app:app"),
    // Gunicorn has no short option of that name in front of a value; nor does argparse guess between several.
    command("gunicorn --limit 5 app:app", "gunicorn --limit-request-line 500 app:app"),
  ],
  "no-value": [command("gunicorn app:app --bind", "gunicorn app:app --bind :8000")],
  "not-a-number": [
    conf(1, 'timeout = "30s"', 'timeout = "30"'),
    command("gunicorn -w '$N' app:app", 'gunicorn -w "$N" app:app'),
    command("gunicorn -w four app:app", "gunicorn -w 4 app:app"),
    command("gunicorn --timeout=30s app:app", "gunicorn --timeout=30 app:app"),
    command("waitress-serve --threads=many app:app", "waitress-serve --threads=$N app:app"),
  ],
  "no-app": [
    command("gunicorn -w 4 -b 127.0.0.1:8000", "gunicorn -w 4 -b 127.0.0.1:8000 app:app"),
    command("waitress-serve --host 127.0.0.1", "waitress-serve --host 127.0.0.1 app:app"),
  ],
  "not-a-module": [
    command("gunicorn -w 4 app.py:app", "gunicorn -w 4 app:app"),
    command("gunicorn -w 4 shop/main:app", "gunicorn -w 4 'shop.main:create_app(\"production\")'"),
    command("waitress-serve --threads 8 app", "waitress-serve --threads 8 app:app"),
    unit(8, ["ExecStart", "ExecStart=/srv/venv/bin/gunicorn -w 4 app.py"]),
  ],
  "secret-on-command-line": [
    command("SECRET_KEY=a1b2 gunicorn -w 4 app:app", "SECRET_KEY=$KEY gunicorn -w 4 app:app"),
    command("gunicorn -w 4 --env DB_PASSWORD=a1b2 app:app", "gunicorn -w 4 --env DB_PASSWORD_FILE=/run/db app:app"),
    command(
      "export DATABASE_URL=postgresql://shop:a1b2@db/shop\ngunicorn -w 4 app:app",
      "export DATABASE_URL=postgresql://db/shop\ngunicorn -w 4 app:app",
    ),
  ],
  "container-runs-as-root": [
    command(
      'FROM python\nCMD ["gunicorn", "-w", "4", "-b", ":80", "app:app"]',
      'FROM python\nUSER app\nCMD ["gunicorn", "-w", "4", "-b", ":80", "app:app"]',
      2,
    ),
  ],
  "hears-only-itself": [
    command("FROM python\nCMD gunicorn -w 4 app:app", "FROM python\nCMD gunicorn -w 4 -b 0.0.0.0:80 app:app", 2),
    command(
      'FROM python\nUSER app\nENTRYPOINT ["gunicorn"]\nCMD ["--bind=127.0.0.1:80", "app:app"]',
      'FROM python\nENV PORT=80\nENTRYPOINT ["gunicorn"]\nCMD ["app:app"]',
      4,
    ),
  ],
  "runs-as-root": [
    command("sudo gunicorn -b :80 app:app", "sudo -u www-data gunicorn -b :80 app:app"),
    command("gunicorn --user root app:app", "gunicorn --user www-data app:app"),
    command("uwsgi --http :80 --uid root -w app", "uwsgi --http :80 --uid www-data -w app"),
    nginx(1, "user root;", "user www-data;"),
  ],
  "nobody-watches": [
    command("nohup gunicorn app:app > log 2>&1 &", "gunicorn app:app > log 2>&1"),
    command("gunicorn app:app &", "gunicorn app:app"),
    command("gunicorn --daemon app:app", "gunicorn app:app"),
    command("uwsgi --master --http :80 --daemonize /tmp/log -w app", "uwsgi --master --http :80 -w app"),
    conf(1, "daemon = True", "daemon = False"),
  ],
  "everybody-can-connect": [
    command("gunicorn -b 0.0.0.0:8000 app:app", "gunicorn -b 127.0.0.1:8000 app:app"),
    command("waitress-serve app:app", "waitress-serve --host=127.0.0.1 app:app"),
    command("uwsgi --master --http :8000 -w app", "uwsgi --master --http 127.0.0.1:8000 -w app"),
    conf(1, 'bind = ["127.0.0.1:8000", ":8001"]', 'bind = ["127.0.0.1:8000", "[::1]:8001"]'),
    app(
      2,
      "from waitress import serve\nserve(app, listen='*:80')",
      "from waitress import serve\nserve(app, listen='[::1]:80')",
    ),
  ],
  "no-time-out": [
    command("gunicorn -t 0 app:app", "gunicorn -t 30 app:app"),
    command(
      "gunicorn \\\n  --workers 4 \\\n  --timeout=0 app:app",
      "gunicorn \\\n  --workers 4 \\\n  --timeout=10 app:app",
      3,
    ),
    conf(2, "workers = 4\ntimeout = 0\n", "workers = 4\ntimeout = 10\n"),
  ],
  "reload-in-production": [
    command("gunicorn --reload app:app", "gunicorn app:app"),
    conf(1, "reload = True", "reload = False"),
  ],
  "traces-every-line": [command("gunicorn --spew app:app", "gunicorn app:app"), conf(1, "spew = True", "spew = False")],
  "trusts-every-proxy": [
    command("gunicorn --forwarded-allow-ips='*' app:app", "gunicorn --forwarded-allow-ips=10.0.0.1 app:app"),
    conf(1, 'forwarded_allow_ips = "*"', 'forwarded_allow_ips = "*"\nbind = "unix:/run/app.sock"'),
  ],
  "no-limit-of-request-line": [
    command("gunicorn --limit-request-line 0 app:app", "gunicorn --limit-request-line 4094 app:app"),
  ],
  "unknown-setting": [
    conf(2, "bind = ':80'\nworker = 4", "bind = ':80'\nworkers = 4"),
    conf(1, 'access_logfile = "-"', 'accesslog = "-"'),
    conf(1, "time_out = 5", "wait = 5\ntimeout = wait"),
    conf(1, "preload = True", "preload_app = True"),
  ],
  "not-an-address": [
    command("gunicorn -w 4 -b '0.0.0.0:$PORT' app:app", "gunicorn -w 4 -b 0.0.0.0:$PORT app:app"),
    command("gunicorn -w 4 -b 8000 app:app", "gunicorn -w 4 -b :8000 app:app"),
    command("gunicorn -w 4 -b http://127.0.0.1:80 app:app", "gunicorn -w 4 -b '[::1]:80' app:app"),
    command(
      'FROM python\nCMD ["gunicorn", "-b", "0.0.0.0:$PORT", "app:app"]',
      'FROM python\nCMD ["sh", "-c", "gunicorn -b 0.0.0.0:$PORT app:app"]',
      2,
    ),
    conf(1, 'bind = "localhost:port"', "import os\nbind = f\"localhost:{os.environ['PORT']}\""),
  ],
  "refused-value": [
    command("gunicorn -w -2 app:app", "gunicorn -w 2 app:app"),
    command("gunicorn --reload-engine fast app:app", "gunicorn --reload-engine poll app:app"),
    command("gunicorn --header-map keep app:app", "gunicorn --header-map Refuse app:app"),
    command("gunicorn --statsd-host metrics:udp app:app", "gunicorn --statsd-host metrics app:app"),
    command("gunicorn --statsd-host metrics:udp app:app", "gunicorn --statsd-host metrics:8125 app:app"),
    command("gunicorn --statsd-host [::1] --statsd-host :x app:app", "gunicorn --statsd-host [::1]:8125 app:app"),
    command("gunicorn --forwarded-allow-ips proxy app:app", "gunicorn --forwarded-allow-ips 10.0.0.5,::1 app:app"),
    command("gunicorn --forwarded-allow-ips 10.0.0.1/8 app:app", "gunicorn --forwarded-allow-ips 10.0.0.0/8 app:app"),
    command("gunicorn --forwarded-allow-ips 10.0.0.300 app:app", 'gunicorn --forwarded-allow-ips "$PROXY" app:app'),
    conf(1, 'header_map = "keep"', 'header_map = "drop"'),
    conf(1, 'proxy_protocol = "yes"', "proxy_protocol = True"),
  ],
  "unknown-worker": [
    command("gunicorn -k eventlet app:app", "gunicorn -k gevent app:app"),
    conf(1, 'worker_class = "gthreads"', 'worker_class = "shop.workers.Own"'),
  ],
  "worker-speaks-asgi": [
    command("gunicorn -k uvicorn.workers.UvicornWorker app:app", "gunicorn -k gthread app:app"),
    conf(1, 'worker_class = "asgi"', 'worker_class = "sync"'),
  ],
  "one-at-a-time": [
    command("gunicorn app:app", "gunicorn -w 4 app:app"),
    command("gunicorn -w 1 app:app", "gunicorn -w 1 --threads 4 app:app"),
    conf(1, "workers = 1", "workers = 1\nworker_class = 'gevent'"),
  ],
  "threads-outlive-the-time-out": [
    command("gunicorn --threads 4 app:app", "gunicorn --threads 1 app:app"),
    command("gunicorn -k sync --threads 4 app:app", "gunicorn -k gevent --threads 4 app:app"),
  ],
  "preload-keeps-old-code": [command("gunicorn --preload app:app", "gunicorn app:app")],
  "four-threads": [command("waitress-serve app:app", "waitress-serve --threads=8 app:app")],
  "tracebacks-for-strangers": [
    command("waitress-serve --expose-tracebacks app:app", "waitress-serve --no-expose-tracebacks app:app"),
    app(2, "import waitress\nwaitress.serve(app, expose_tracebacks=True)", "import waitress\nwaitress.serve(app)"),
  ],
  "waitress-trusts-everybody": [
    command("waitress-serve --trusted-proxy='*' app:app", "waitress-serve --trusted-proxy=10.0.0.1 app:app"),
  ],
  "unknown-argument": [
    app(
      2,
      "from waitress import serve as go\ngo(app, thread=8)",
      "from waitress import serve as go\ngo(app, threads=8)",
    ),
  ],
  "uwsgi-open-socket": [
    command("uwsgi --socket :3031 -w app", "uwsgi --socket 127.0.0.1:3031 -w app"),
    command("uwsgi -s 0.0.0.0:3031 -w app", "uwsgi -s /run/app.sock -w app"),
  ],
  "uwsgi-autoreload": [command("uwsgi --http :80 --py-autoreload=1 -w app", "uwsgi --http :80 -w app")],
  "uwsgi-shows-exceptions": [command("uwsgi --http :80 --catch-exceptions -w app", "uwsgi --http :80 -w app")],
  "uwsgi-no-master": [command("uwsgi --http :80 -w app", "uwsgi --http :80 -M -w app")],
  "uwsgi-no-time-out": [command("uwsgi --http :80 -w app", "uwsgi --http :80 --harakiri 30 -w app")],
  "uwsgi-term-reloads": [
    {
      kind: "unit",
      line: 5,
      bad: service(["ExecStart=/usr/bin/uwsgi --ini app.ini"]),
      mended: service(["KillSignal=SIGQUIT", "ExecStart=/usr/bin/uwsgi --ini app.ini"]),
    },
  ],
  "python-not-understood": [
    app(2, "x = 1\ndef f(:\n    pass\n", "x = 1\ndef f():\n    pass\n"),
    conf(1, "workers == = 4", "workers = 4"),
  ],
  "debug-in-file": [
    app(4, 'app = Flask(__name__)\n\nif __name__ == "__main__":\n    app.run(debug=True)', "app = Flask(__name__)"),
    app(1, "app.debug = True", "app.debug = False"),
    app(1, "app.config['DEBUG'] = True", "app.config['DEBUG'] = settings.debug"),
    app(1, "app.config.update(DEBUG=True)", "app.config.update(DEBUG=False)"),
    app(
      2,
      "from werkzeug.serving import run_simple\nrun_simple('a', 1, app, use_debugger=True)",
      "run_simple('a', 1, app)",
    ),
  ],
  "run-without-condition": [
    app(2, "app = Flask(__name__)\napp.run()", 'app = Flask(__name__)\nif "__main__" == __name__:\n    app.run()'),
    app(
      2,
      "from flask import Flask as F\nsite = F('a'); site.run()",
      "from flask import Flask as F\nsite = F('a')\ndef main():\n  site.run()",
    ),
  ],
  "development-server-for-all": [
    app(
      2,
      'if __name__ == "__main__":\n    app.run(host="0.0.0.0")',
      'if __name__ == "__main__":\n    app.run(host="127.0.0.1")',
    ),
  ],
  "development-server-in-file": [app(2, 'if __name__ == "__main__":\n    app.run()', "thread.run()")],
  "debugger-around-the-app": [
    app(
      2,
      "from werkzeug.debug import DebuggedApplication\napp.wsgi_app = DebuggedApplication(app.wsgi_app, evalex=True)",
      "app.wsgi_app = ProxyFix(app.wsgi_app)",
    ),
  ],
  "errors-pass-through": [app(1, "app.config['TESTING'] = True", "app.config['TESTING'] = False")],
  "secret-in-file": [
    app(1, 'app.secret_key = "a1b2"', 'app.secret_key = os.environ["SECRET_KEY"]'),
    app(1, "app.config['SECRET_KEY'] = b'a1b2'", "app.config['SECRET_KEY'] = load()"),
    app(1, "SECRET_KEY = 'a' 'b'", "SECRET_KEY = f'{x}'"),
    app(
      1,
      "app.config.from_mapping(SECRET_KEY='dev')",
      "app.config.from_mapping(SECRET_KEY='dev')\napp.config.from_prefixed_env()",
    ),
  ],
  "text-as-code": [
    app(
      2,
      "from flask import request\nprice = eval(request.args['price'])",
      "from flask import request\nprice = float(request.args['price'])",
    ),
    app(1, "exec(compile(source, 'x', 'exec'))", "model.eval(source)"),
    app(1, "eval(text)", "eval('1 + 1')"),
  ],
  "waits-without-limit": [
    app(
      2,
      "import requests\nrequests.get('https://example.org')",
      "import requests\nrequests.get('https://example.org', timeout=5)",
    ),
    app(
      2,
      "from requests import post as send\nsend(url, data)",
      "from requests import post as send\nsend(url, data, **options)",
    ),
    app(
      2,
      "from urllib.request import urlopen\nurlopen(url)",
      "from urllib.request import urlopen\nurlopen(url, None, 5)",
    ),
  ],
  "secret-fallback": [
    app(
      2,
      'import os\napp.secret_key = os.environ.get("KEY", "dev")',
      'import os\napp.secret_key = os.environ.get("KEY")',
    ),
    app(
      2,
      "from os import getenv\nSECRET_KEY = getenv('KEY', default='dev')",
      "from os import getenv\nSECRET_KEY = getenv('KEY')",
    ),
  ],
  "secret-of-each-worker": [
    app(2, "import os\napp.secret_key = os.urandom(16)", 'import os\napp.secret_key = os.environ["SECRET_KEY"]'),
    app(
      2,
      "from secrets import token_hex\napp.config['SECRET_KEY'] = token_hex()",
      "from secrets import token_hex\nreset_token = token_hex()",
    ),
    app(
      2,
      "import os\nSECRET_KEY = os.urandom(16)",
      "import os\nSECRET_KEY = os.urandom(16)\napp.config.from_envvar('S')",
    ),
  ],
  "nginx-not-understood": [
    nginx(2, "server {\n  listen 80\n}", "server {\n  listen 80;\n}"),
    nginx(2, "server {\n  listen 80;", "server {\n  listen 80; }"),
    nginx(1, "}", ""),
    nginx(1, 'log_format a "b;', 'log_format a "b";'),
    nginx(1, 'return 200 "a"b;', 'return 200 "a";'),
  ],
  "alias-leaves-its-folder": [
    nginx(2, "location /static {\n  alias /srv/static/;\n}", "location /static/ {\n  alias /srv/static/;\n}"),
    nginx(1, 'location ^~ "/s" { alias /srv/s/; }', "location = /s { alias /srv/s/; }"),
  ],
  "alias-joins-names": [
    nginx(1, "location /static/ { alias /srv/static; }", "location /static/ { alias /srv/static/; }"),
  ],
  "no-certificate": [
    nginx(
      3,
      "server {\n  ssl_certificate a.pem;\n  listen 443 ssl;\n}",
      "server {\n  ssl_certificate a.pem; ssl_certificate_key a.key;\n  listen 443 ssl;\n}",
    ),
  ],
  "address-can-be-forged": [
    nginx(1, "set_real_ip_from 0.0.0.0/0;", "set_real_ip_from 10.0.0.0/8;"),
    nginx(
      1,
      "proxy_set_header X-Forwarded-For $http_x_forwarded_for;",
      "proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;",
    ),
  ],
  "old-tls": [nginx(1, "ssl_protocols TLSv1 TLSv1.2;", "ssl_protocols TLSv1.2 TLSv1.3;")],
  "no-uwsgi-params": [
    nginx(1, "location / { uwsgi_pass a:1; }", "location / { uwsgi_pass a:1; include uwsgi_params; }"),
    nginx(
      2,
      "server {\n location / { uwsgi_pass a:1; } }",
      "server {\n include uwsgi_params; location / { uwsgi_pass a:1; } }",
    ),
  ],
  "app-knows-no-reader": [
    nginx(
      3,
      // A block with headers of its own takes none over.
      "server {\n  proxy_set_header Host $host;\n  location / { proxy_pass http://a; proxy_set_header A b; }\n}",
      "server {\n  proxy_set_header Host $host;\n  proxy_set_header X-Real-IP $remote_addr; proxy_set_header X-Forwarded-Proto $scheme;\n  location / { proxy_pass http://a; }\n}",
    ),
    nginx(1, "location / { proxy_pass http://a; }", "location / { include proxy_params; proxy_pass http://a; }"),
  ],
  "no-tls": [
    nginx(
      1,
      "server { listen 80; location / { proxy_pass http://a; } }",
      "server { listen 443 ssl; location / { proxy_pass http://a; } }",
    ),
  ],
  "no-buffering": [nginx(1, "proxy_buffering off;", "proxy_buffering on;")],
  "no-limit-of-body": [nginx(1, "client_max_body_size 0;", "client_max_body_size 10m;")],
  "folder-is-listed": [nginx(1, "autoindex on;", "autoindex off;")],
  "unit-not-understood": [
    unit(5, ["+", "Restart on-failure"]),
    { kind: "unit", line: 1, bad: "User=app\n[Service]\nUser=app", mended: "[Service]\nUser=app" },
  ],
  "nobody-restarts": [unit(7, ["Restart", undefined]), unit(7, ["Restart", "Restart=no"])],
  "restarted-by-its-socket": [
    {
      kind: "unit",
      line: 4,
      bad: "[Unit]\nRequires=app.socket\n[Service]\nExecStart=/bin/gunicorn a\nUser=a",
      mended: "[Unit]\nRequires=app.socket\n[Service]\nRestart=always\nExecStart=/bin/gunicorn a\nUser=a",
    },
  ],
  "unit-runs-as-root": [unit(7, ["User", undefined]), unit(6, ["User", "User=root"])],
  "no-shell-in-a-unit": [
    unit(8, ["ExecStart", "ExecStart=/usr/bin/cd /srv && gunicorn app:app"]),
    unit(8, ["ExecStart", "ExecStart=/srv/venv/bin/gunicorn -w $(nproc) app:app"]),
  ],
  "program-not-found": [
    unit(8, ["ExecStart", "ExecStart=venv/bin/gunicorn app:app"]),
    unit(8, ["ExecStart", "ExecStart=~/venv/bin/gunicorn app:app"]),
  ],
  "waits-for-a-notice": [unit(5, ["ExecStart", "ExecStart=/srv/venv/bin/waitress-serve --host 127.0.0.1 app:app"])],
  "waits-for-a-fork": [unit(5, ["Type", "Type=forking"])],
  "leaves-the-service": [unit(8, ["ExecStart", "ExecStart=/srv/venv/bin/gunicorn --daemon app:app"])],
  "secret-in-unit": [unit(5, ["+", 'Environment="SECRET_KEY=abc" A=b'])],
  "breaks-off-answers": [unit(5, ["+", "KillSignal=SIGQUIT"])],
  "leaves-workers-behind": [unit(5, ["+", "KillMode=process"])],
  "control-socket-has-no-place": [
    {
      kind: "unit",
      line: 5,
      bad: service(["ProtectSystem=strict", "ExecStart=/srv/venv/bin/gunicorn -w 4 app:app"]),
      mended: service(["ProtectSystem=strict", "ExecStart=/srv/venv/bin/gunicorn -w 4 --no-control-socket app:app"]),
    },
  ],
  "not-started-at-boot": [unit(8, ["[Install]", undefined], ["WantedBy", undefined])],
};

describe("each rule fires on its bad case, in its line, and not on the mended one", () => {
  for (const rule of rulesOfTexts) {
    it.each(cases[rule].map((each) => [each.bad, each] as const))(`${rule}: %s`, (_, { kind, bad, line, mended }) => {
      const found = audit(kind, bad).filter((each) => each.rule === rule);
      expect(found.map((each) => lineOf(bad, each)).slice(0, 1)).toEqual([line]);
      expect(audit(kind, mended).filter((each) => each.rule === rule)).toEqual([]);
    });
  }
});

describe("what is right stays without a finding", () => {
  const sets: readonly (readonly [TextKind, string])[] = [
    ["app", "def f():\n    x = (yield)\nwith (open('a') as b, open('c') as d):\n    pass\n@(a or b)\ndef c(): pass\n"],
    ["app", "try:\n    pass\nexcept ValueError, TypeError:\n    pass\nx = t'{a}'\n"],
    ["app", "\uFEFFpassword = PasswordField('Password')\nlabel = {'password': 'Your password'}\n"],
    ["nginx", "stream { server { listen 5432; proxy_pass db; } }"],
    ["nginx", "http { more_clear_headers Server; brotli on; map $a $b { default 1; '' server; } }"],
    ["unit", "[Service]\nExecStart=\nExecStart=/srv/venv/bin/gunicorn -w 4 -b unix:/run/app.sock app:app\n"],
    [
      "unit",
      "[Service]\r\nUser=a\r\nExecStart=/bin/true\r\nRestart=always\r\nRestartSec=1min 5s\r\n[Install]\r\nWantedBy=multi-user.target\r\n",
    ],
    ["gunicorn-conf", "import os\nif os.getenv('ENV') == 'development':\n    reload = True\n    workers = 1\n"],
    ["command", "docker compose exec web gunicorn -w 4 app:app"],
    ["command", "gunicorn -w 4 -k gevent --threads 8 app:app"],
  ];
  it.each(sets)("%s: %s", (kind, text) => {
    expect(audit(kind, text).filter(({ rule }) => rule !== "no-server")).toEqual([]);
  });
});

describe("what is wrong is said, in the words of what refuses it", () => {
  const sets: readonly (readonly [TextKind, string, RuleName, RegExp])[] = [
    ["command", "gunicorn -w 4 app:create_app()", "not-a-command-line", /\(/],
    ["command", "FROM python\nCMD ['gunicorn', 'app:app']", "not-a-command-line", /double quotes/],
    ["command", "FROM python\nCOPPY . .\nCMD gunicorn -w 4 app:app", "not-a-command-line", /COPPY/],
    ["command", "docker run -p 80:80 shop flask run", "development-server", /^$/],
    ["command", "GUNICORN_CMD_ARGS='--timeout 0' gunicorn app:app", "no-time-out", /0/],
    ["command", "bash -c 'gunicorn --reload app:app'", "reload-in-production", /True/],
    ["command", "services:\n  web:\n    command: flask run && true\n", "no-shell-in-a-unit", /&&/],
    ["unit", "[Service]\nExecStart=/v/gunicorn -w 4 \\ \n  --reload app:app", "unit-not-understood", /--reload/],
    ["unit", "[Service]\nRestart=always # always", "unit-not-understood", /# always/],
    ["unit", "[Service]\nRestrat=always", "unit-not-understood", /Restart\?/],
    ["unit", "[service]\nRestart=always", "unit-not-understood", /\[Service\]\?/],
    ["unit", "[Service]\nWantedBy=multi-user.target", "unit-not-understood", /\[Install\]/],
    ["unit", "[Service]\nExecStart=/v/gunicorn app:app # main", "no-shell-in-a-unit", /#/],
    ["unit", "[Service]\nEnvironment=A=b c", "unit-not-understood", /c$/],
    ["unit", "[Service]\nExecStart=/usr/bin/node server.js", "no-server", /^$/],
    ["nginx", "server {\n  listen 80\n  listen [::]:80;\n}", "nginx-not-understood", /not terminated/],
    ["nginx", "server { location / { proxy_pass 127.0.0.1:80; } }", "nginx-not-understood", /URL prefix/],
    ["nginx", "client_max_body_size 10MB;", "nginx-not-understood", /invalid value/],
    ["nginx", "proxy_set_header Host $hots;", "nginx-not-understood", /\$host\?/],
    ["nginx", "server { location ~ \\.(css|js$ { root /a; } }", "nginx-not-understood", /regular expression/],
    ["nginx", "http { proxy_pass http://a; }", "nginx-not-understood", /not allowed here/],
    ["gunicorn-conf", "worker_timeout = 90", "unknown-setting", /timeout\?/],
    ["gunicorn-conf", "# caf\uFFFD", "python-not-understood", /^$/],
    ["app", "connect(host='a', password='hunter2')", "secret-in-file", /password/],
    ["app", "if form['password'] == 'hunter2': pass", "secret-in-file", /password/],
    ["app", "DEBUG = True\nif __name__ == '__main__':\n    app.run(debug=DEBUG)", "debug-in-file", /DEBUG/],
  ];
  it.each(sets)("%s: %s", (kind, text, rule, about) => {
    const found = audit(kind, text).filter((each) => each.rule === rule);
    expect(found.map((each) => each.about)).toContainEqual(expect.stringMatching(about));
  });
});

it("takes neither the path of a secret nor its lifetime for one", () => {
  for (const line of ["Environment=DB_PASSWORD_FILE=%d/db", "Environment=TOKEN_TTL=3600", "Environment=MONKEY=1"])
    expect(audit("unit", `[Service]\n${line}\n`).filter(({ rule }) => rule === "secret-in-unit")).toEqual([]);
  for (const line of ["Environment=SECRET_KEY=abc", "Environment=DB_PASSWORD=abc", "Environment=KEY=abc"])
    expect(audit("unit", `[Service]\n${line}\n`).filter(({ rule }) => rule === "secret-in-unit")).toHaveLength(1);
});

describe("the examples of the servers' own documentation", () => {
  it.each(officialExamples.map((each) => [each.source, each.text, each] as const))(
    "%s: %s",
    (_, __, { kind, text }) => {
      expect(audit(kind, text).filter(({ rule }) => rules[rule].level === "mend")).toEqual([]);
    },
  );
});

describe("any text", () => {
  const words = [
    ..."{};#\"'\\=[]()$&|<>\n\n  :-",
    "gunicorn",
    "-w",
    "--bind",
    "flask run",
    "uwsgi",
    "location /a",
    "alias b/",
    "proxy_pass",
    "[Service]",
    "ExecStart=",
    "app.run(",
    "debug=True",
    "if __name__ == '__main__':\n ",
    "timeout = 0",
    "sudo ",
    "env A=b ",
  ];
  const text = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.array(fc.constantFrom(...words), { maxLength: 40 }).map((parts) => parts.join("")),
  );
  it("is read without an exception, and every finding lies within it", () => {
    fc.assert(
      fc.property(fc.constantFrom(...textKinds), text, (kind, source) => {
        for (const { from, to } of audit(kind, source)) {
          expect(0 <= from && from <= to && to <= source.length).toBe(true);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it("is found to have the same faults with lines and comments before it", () => {
    const before = {
      command: "# c\n",
      app: "# c\n\n",
      "gunicorn-conf": "# c\n",
      nginx: '# c { " \n',
      unit: "# c\n; d\n",
    };
    // These are said of a text as a whole.
    const ofTheWhole: ReadonlySet<RuleName> = new Set(["no-server", "not-a-command-line"]);
    for (const [rule, each] of rulesOfTexts
      .filter((name) => !ofTheWhole.has(name))
      .flatMap((name) => cases[name].map((one) => [name, one] as const))) {
      const moved = before[each.kind] + each.bad;
      const shift = before[each.kind].length;
      const places = (source: string) => audit(each.kind, source).filter((finding) => finding.rule === rule);
      expect(places(moved)).toEqual(
        places(each.bad).map((one) => ({ ...one, from: one.from + shift, to: one.to + shift })),
      );
    }
  });
});
