/** What the audit looks for: how grave each thing is, and where it is shown. Its words are in `strings/en/audit.ts`. */

/** A page of the site that shows it, or the source that says it. */
export type Evidence =
  | { readonly kind: "page" /** Path below the site's root, with an anchor if need be. */; readonly path: string }
  | { readonly kind: "source"; readonly url: string };

/** One rule. */
export interface Rule {
  /** `mend`: this should not go into production. `know`: this is how it will be, and may be meant so. */
  readonly level: "mend" | "know";
  readonly see: readonly [Evidence, ...Evidence[]];
}

const page = (path: string): Evidence => ({ kind: "page", path });
const source = (url: string): Evidence => ({ kind: "source", url });
const mend = (...see: [Evidence, ...Evidence[]]): Rule => ({ level: "mend", see });
const know = (...see: [Evidence, ...Evidence[]]): Rule => ({ level: "know", see });

const firstLab = page("lessons/01-two-servers/#lab-first-load");
const gunicornLab = page("lessons/07-gunicorn/#lab-gunicorn");
const waitressLab = page("lessons/08-waitress/#lab-waitress");
const debuggerLab = page("lessons/02-the-debugger-is-a-shell/#lab-debugger");
const hangingLab = page("lessons/09-when-things-hang/#lab-hanging");
const restartsLab = page("lessons/10-restarts/#lab-restarts");
const uwsgiLab = page("lessons/14-uwsgi/#lab-uwsgi");
const nginxLab = page("lessons/12-nginx-in-front/#lab-nginx-in-front");
const supervisionLab = page("lessons/13-something-must-watch/#lab-supervision");
const configurationLab = page("lessons/11-configuration/#lab-configuration");
const gunicornSetting = (name: string) => source(`https://gunicorn.org/reference/settings/#${name}`);
const nginx = (module: string) => source(`https://nginx.org/en/docs/http/${module}`);
const systemd = (name: string) => source(`https://www.freedesktop.org/software/systemd/man/latest/${name}`);
const uwsgiThings = source("https://uwsgi-docs.readthedocs.io/en/latest/ThingsToKnow.html");
const uwsgiOptions = source("https://uwsgi-docs.readthedocs.io/en/latest/Options.html");

/** The rules, by name. */
export const rules = {
  // Any text
  "not-looked-through": know(page("lessons/15-the-checklist/")),
  "too-deeply-nested": know(page("lessons/15-the-checklist/")),
  "more-findings": know(page("lessons/15-the-checklist/")),
  // Command lines
  "not-a-command-line": mend(source("https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html")),
  "no-server": know(page("lessons/01-two-servers/")),
  "development-server": mend(firstLab, source("https://flask.palletsprojects.com/en/stable/deploying/")),
  "open-debugger": mend(debuggerLab, source("https://werkzeug.palletsprojects.com/en/stable/debug/")),
  "debug-in-environment": mend(debuggerLab),
  "pin-off": mend(debuggerLab),
  "unknown-option": mend(gunicornLab),
  "no-value": mend(gunicornLab),
  "not-a-number": mend(gunicornLab),
  "no-app": mend(source("https://gunicorn.org/run/"), gunicornLab),
  "not-a-module": mend(source("https://gunicorn.org/run/"), gunicornLab),
  "secret-on-command-line": mend(page("concepts/environment-variable/"), configurationLab),
  "container-runs-as-root": know(source("https://docs.docker.com/build/building/best-practices/#user")),
  "hears-only-itself": know(gunicornSetting("bind"), page("concepts/address-and-port/")),
  "runs-as-root": mend(source("https://flask.palletsprojects.com/en/stable/deploying/gunicorn/")),
  "nobody-watches": mend(gunicornLab, page("concepts/supervisor/"), supervisionLab),
  "everybody-can-connect": know(
    page("concepts/reverse-proxy/"),
    source("https://flask.palletsprojects.com/en/stable/deploying/gunicorn/"),
  ),
  // Settings of gunicorn, on a command line or in its file
  "no-time-out": mend(firstLab, gunicornSetting("timeout"), hangingLab),
  "reload-in-production": mend(gunicornSetting("reload"), restartsLab),
  "traces-every-line": mend(gunicornSetting("spew")),
  "trusts-every-proxy": mend(gunicornSetting("forwarded_allow_ips"), nginxLab),
  "no-limit-of-request-line": mend(gunicornSetting("limit_request_line")),
  "unknown-setting": mend(gunicornLab),
  "refused-value": mend(source("https://gunicorn.org/reference/settings/")),
  "not-an-address": mend(gunicornSetting("bind"), page("concepts/address-and-port/")),
  "unknown-worker": mend(gunicornSetting("worker_class"), gunicornLab),
  "worker-speaks-asgi": know(source("https://gunicorn.org/asgi/"), page("lessons/16-which-server-when/")),
  "one-at-a-time": know(firstLab, page("lessons/05-one-at-a-time/")),
  "threads-outlive-the-time-out": know(gunicornLab),
  "preload-keeps-old-code": know(gunicornLab, restartsLab),
  // Waitress
  "four-threads": know(waitressLab),
  "tracebacks-for-strangers": mend(
    debuggerLab,
    source("https://docs.pylonsproject.org/projects/waitress/en/stable/arguments.html"),
  ),
  "waitress-trusts-everybody": mend(
    source("https://docs.pylonsproject.org/projects/waitress/en/stable/arguments.html"),
  ),
  "unknown-argument": mend(source("https://docs.pylonsproject.org/projects/waitress/en/stable/arguments.html")),
  // uWSGI
  "uwsgi-open-socket": mend(uwsgiThings, uwsgiLab),
  "uwsgi-autoreload": mend(uwsgiThings, uwsgiLab),
  "uwsgi-shows-exceptions": mend(uwsgiOptions, debuggerLab),
  "uwsgi-no-master": know(source("https://uwsgi-docs.readthedocs.io/en/latest/WSGIquickstart.html"), uwsgiLab),
  "uwsgi-no-time-out": know(uwsgiOptions, page("concepts/timeout/"), hangingLab, uwsgiLab),
  "uwsgi-term-reloads": know(uwsgiThings, uwsgiLab),
  // Python files
  "python-not-understood": mend(source("https://docs.python.org/3/reference/grammar.html")),
  "debug-in-file": mend(debuggerLab),
  "run-without-condition": mend(debuggerLab),
  "development-server-for-all": mend(debuggerLab, firstLab),
  "development-server-in-file": know(firstLab, debuggerLab),
  "debugger-around-the-app": mend(debuggerLab, source("https://werkzeug.palletsprojects.com/en/stable/debug/")),
  "errors-pass-through": mend(debuggerLab, source("https://flask.palletsprojects.com/en/stable/config/")),
  "secret-in-file": mend(
    debuggerLab,
    source("https://flask.palletsprojects.com/en/stable/config/#SECRET_KEY"),
    configurationLab,
  ),
  "secret-fallback": mend(debuggerLab, page("concepts/environment-variable/"), configurationLab),
  "text-as-code": mend(source("https://docs.python.org/3/library/functions.html#eval"), debuggerLab),
  "waits-without-limit": mend(hangingLab, source("https://requests.readthedocs.io/en/latest/user/advanced/#timeouts")),
  "secret-of-each-worker": mend(configurationLab, page("concepts/session-cookie/")),
  // nginx
  "nginx-not-understood": mend(source("https://nginx.org/en/docs/beginners_guide.html#conf_structure"), nginxLab),
  "alias-leaves-its-folder": mend(
    nginx("ngx_http_core_module.html#alias"),
    source("https://github.com/yandex/gixy/blob/master/docs/en/plugins/aliastraversal.md"),
    nginxLab,
  ),
  "alias-joins-names": mend(nginx("ngx_http_core_module.html#alias"), nginxLab),
  "no-certificate": know(nginx("ngx_http_ssl_module.html#ssl_certificate_key")),
  "address-can-be-forged": mend(
    nginx("ngx_http_proxy_module.html#var_proxy_add_x_forwarded_for"),
    source("https://flask.palletsprojects.com/en/stable/deploying/proxy_fix/"),
    nginxLab,
  ),
  "old-tls": mend(source("https://www.rfc-editor.org/rfc/rfc8996"), nginx("ngx_http_ssl_module.html#ssl_protocols")),
  "no-uwsgi-params": mend(source("https://uwsgi-docs.readthedocs.io/en/latest/Nginx.html")),
  "app-knows-no-reader": know(
    page("concepts/reverse-proxy/"),
    source("https://flask.palletsprojects.com/en/stable/deploying/nginx/"),
    nginxLab,
  ),
  "no-tls": know(source("https://nginx.org/en/docs/http/configuring_https_servers.html"), nginxLab),
  "no-buffering": know(waitressLab, source("https://gunicorn.org/deploy/"), hangingLab, nginxLab),
  "no-limit-of-body": know(nginx("ngx_http_core_module.html#client_max_body_size"), nginxLab),
  "folder-is-listed": know(nginx("ngx_http_autoindex_module.html")),
  // Units of systemd
  "unit-not-understood": mend(systemd("systemd.syntax.html"), supervisionLab),
  "nobody-restarts": mend(supervisionLab, systemd("systemd.service.html#Restart=")),
  "restarted-by-its-socket": know(systemd("systemd.socket.html")),
  "unit-runs-as-root": mend(systemd("systemd.exec.html#User="), supervisionLab),
  "no-shell-in-a-unit": mend(systemd("systemd.service.html#Command%20lines")),
  "program-not-found": mend(systemd("systemd.service.html#ExecStart=")),
  "waits-for-a-notice": mend(systemd("systemd.service.html#Type="), supervisionLab),
  "waits-for-a-fork": mend(systemd("systemd.service.html#Type=")),
  "leaves-the-service": mend(source("https://gunicorn.org/deploy/#monitoring"), supervisionLab),
  "secret-in-unit": mend(systemd("systemd.exec.html#Environment="), configurationLab),
  "breaks-off-answers": mend(gunicornLab, page("concepts/graceful-shutdown/"), restartsLab),
  "leaves-workers-behind": know(systemd("systemd.kill.html#KillMode="), supervisionLab),
  "control-socket-has-no-place": know(gunicornSetting("control_socket"), page("lessons/15-the-checklist/")),
  "not-started-at-boot": know(systemd("systemd.unit.html#WantedBy="), supervisionLab),
} as const satisfies Readonly<Record<string, Rule>>;

/** What a rule is called in code and tests. */
export type RuleName = keyof typeof rules;

/** The rules' names, in the order of the list above. */
export const ruleNames: readonly RuleName[] = Object.keys(rules).filter((name): name is RuleName => name in rules);
