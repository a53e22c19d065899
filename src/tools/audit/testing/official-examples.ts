/**
 * What each server's own documentation shows for production: the audit must have nothing to mend there. Command lines
 * and settings as the documentation gives them; longer examples in versions of our own with the same directives.
 */
import type { TextKind } from "../findings/finding.ts";

/** An example and the page that has it. */
export interface OfficialExample {
  readonly kind: TextKind;
  readonly source: string;
  readonly text: string;
}

const flask = "https://flask.palletsprojects.com/en/stable/deploying";
const gunicorn = "https://gunicorn.org";
const waitress = "https://docs.pylonsproject.org/projects/waitress/en/stable";
const uwsgi = "https://uwsgi-docs.readthedocs.io/en/latest";
const nginx = "https://nginx.org/en/docs";

const commands = (source: string, ...lines: string[]): readonly OfficialExample[] =>
  lines.map((text) => ({ kind: "command", source, text }));

/** The examples. */
export const officialExamples: readonly OfficialExample[] = [
  ...commands(
    `${flask}/gunicorn/`,
    "$ gunicorn -w 4 'hello:app'",
    "$ gunicorn -w 4 'hello:create_app()'",
    "$ gunicorn -w 4 -b 0.0.0.0 'hello:create_app()'",
    "$ gunicorn -k gevent 'hello:create_app()'",
    "$ cd hello-app\n$ python -m venv .venv\n$ . .venv/bin/activate\n$ pip install .  # install your application\n$ pip install gunicorn",
  ),
  ...commands(
    `${flask}/waitress/`,
    "$ waitress-serve --host 127.0.0.1 hello:app",
    "$ waitress-serve --host 127.0.0.1 --call hello:create_app",
  ),
  ...commands(
    `${flask}/uwsgi/`,
    "$ uwsgi --http 127.0.0.1:8000 --master -p 4 -w hello:app",
    "$ uwsgi --http 0.0.0.0:8000 --master -p 4 -w wsgi:app",
    "$ uwsgi --http 127.0.0.1:8000 --master --gevent 100 -w wsgi:app",
  ),
  ...commands(
    `${gunicorn}/run/`,
    "gunicorn --workers=2 test:app",
    "gunicorn --workers=2 'test:create_app()'",
    "gunicorn myproject.wsgi",
    "gunicorn --env DJANGO_SETTINGS_MODULE=myproject.settings myproject.wsgi",
    "gunicorn --paste development.ini -b :8080 --chdir /path/to/project",
    "gunicorn --paste development.ini#admin -b :8080 --chdir /path/to/project",
    "gunicorn --print-config APP_MODULE",
    "gunicorn --check-config APP_MODULE",
  ),
  ...commands(
    `${gunicorn}/deploy/`,
    'gunicorn -w 3 --forwarded-allow-ips="10.170.3.217,10.170.3.220" test:app',
    "gunicorn --proxy-protocol auto app:app",
    "gunicorn -b 127.0.0.1:8000 --proxy-protocol v2 --proxy-allow-from 127.0.0.1 app:app",
    "gunicorn --proxy-protocol v2 --proxy-allow-from '*' app:app",
    "#!/bin/sh\nGUNICORN=/usr/local/bin/gunicorn\nif [ -f $PID ]; then rm $PID; fi\ncd $ROOT\nexec $GUNICORN -c $ROOT/gunicorn.conf.py --pid=$PID $APP",
  ),
  ...commands(
    `${waitress}/runner.html`,
    "waitress-serve --port=8041 --url-scheme=https myapp:wsgifunc",
    "waitress-serve --port=8041 --url-scheme=https --app=myapp:wsgifunc",
    "waitress-serve --call myapp.mymodule.app.wsgi_factory",
  ),
  ...commands(`${waitress}/usage.html`, "waitress-serve --listen=*:8041 myapp:wsgifunc"),
  ...commands(
    `${uwsgi}/WSGIquickstart.html`,
    "uwsgi --http :9090 --wsgi-file foobar.py",
    "uwsgi --http :9090 --wsgi-file foobar.py --master --processes 4 --threads 2",
    "uwsgi --http :9090 --wsgi-file foobar.py --master --processes 4 --threads 2 --stats 127.0.0.1:9191",
    "uwsgi --socket 127.0.0.1:3031 --wsgi-file foobar.py --master --processes 4 --threads 2 --stats 127.0.0.1:9191",
    "uwsgi --http-socket 127.0.0.1:3031 --wsgi-file foobar.py --master --processes 4 --threads 2 --stats 127.0.0.1:9191",
    'uwsgi --socket 127.0.0.1:3031 --chdir /home/foobar/myproject/ --pythonpath .. --env DJANGO_SETTINGS_MODULE=myproject.settings --module "django.core.handlers.wsgi:WSGIHandler()" --processes 4 --threads 2 --stats 127.0.0.1:9191',
    "uwsgi --socket 127.0.0.1:3031 --wsgi-file myflaskapp.py --callable app --processes 4 --threads 2 --stats 127.0.0.1:9191",
    "uwsgi yourfile.ini",
  ),
  ...commands(`${uwsgi}/Nginx.html`, "./uwsgi -s /tmp/uwsgi.sock"),
  {
    kind: "app",
    source: "https://flask.palletsprojects.com/en/stable/quickstart/",
    text: 'from flask import Flask\n\napp = Flask(__name__)\n\n@app.route("/")\ndef hello_world():\n    return "<p>Hello, World!</p>"\n',
  },
  {
    kind: "app",
    source: "https://flask.palletsprojects.com/en/stable/tutorial/factory/",
    text: 'import os\nfrom flask import Flask\n\ndef create_app(test_config=None):\n    app = Flask(__name__, instance_relative_config=True)\n    app.config.from_mapping(SECRET_KEY="dev", DATABASE="x.sqlite")\n    if test_config is None:\n        app.config.from_pyfile("config.py", silent=True)\n    else:\n        app.config.from_mapping(test_config)\n    return app\n',
  },
  {
    kind: "app",
    source: `${flask}/proxy_fix/`,
    text: "from werkzeug.middleware.proxy_fix import ProxyFix\n\napp.wsgi_app = ProxyFix(\n    app.wsgi_app, x_for=1, x_proto=1, x_host=1, x_prefix=1\n)\n",
  },
  { kind: "app", source: `${flask}/uwsgi/`, text: "from hello import create_app\n\napp = create_app()\n" },
  ...[
    "serve(wsgiapp, listen='*:8080')",
    "serve(wsgiapp, host='0.0.0.0', port=8080)",
    "serve(wsgiapp)",
    "serve(wsgiapp, unix_socket='/path/to/unix.sock')",
    "serve(wsgiapp, listen='0.0.0.0:8080', url_scheme='https')",
    "serve(wsgiapp, listen='0.0.0.0:8080', url_prefix='/foo')",
  ].map((call) => ({
    kind: "app" as const,
    source: `${waitress}/usage.html`,
    text: `from waitress import serve\n${call}\n`,
  })),
  {
    kind: "gunicorn-conf",
    source: "https://github.com/benoitc/gunicorn/blob/master/examples/example_config.py",
    text: "bind = '127.0.0.1:8000'\nbacklog = 2048\nworkers = 1\nworker_class = 'sync'\nworker_connections = 1000\ntimeout = 30\nkeepalive = 2\nspew = False\ndaemon = False\nraw_env = [\n    'DJANGO_SECRET_KEY=something',\n    'SPAM=eggs',\n]\npidfile = None\numask = 0\nuser = None\ngroup = None\ntmp_upload_dir = None\nerrorlog = '-'\nloglevel = 'info'\naccesslog = '-'\nproc_name = None\n\ndef post_fork(server, worker):\n    server.log.info(\"Worker spawned (pid: %s)\", worker.pid)\n\ndef worker_int(worker):\n    import threading\n    names = {th.ident: th.name for th in threading.enumerate()}\n    worker.log.info(names)\n",
  },
  {
    kind: "gunicorn-conf",
    source: `${gunicorn}/reference/settings/`,
    text: 'import multiprocessing\n\nbind = "127.0.0.1:8000"\nworkers = multiprocessing.cpu_count() * 2 + 1\n',
  },
  {
    kind: "nginx",
    source: `${flask}/nginx/`,
    text: "server {\n    listen 80;\n    server_name _;\n\n    location / {\n        proxy_pass http://127.0.0.1:8000/;\n        proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;\n        proxy_set_header X-Forwarded-Proto $scheme;\n        proxy_set_header X-Forwarded-Host $host;\n        proxy_set_header X-Forwarded-Prefix /;\n    }\n}\n",
  },
  {
    kind: "nginx",
    source: `${gunicorn}/deploy/`,
    text: "worker_processes 1;\nuser nobody nogroup;\nevents {\n  worker_connections 1024;\n  accept_mutex off;\n}\nhttp {\n  include mime.types;\n  upstream app_server {\n    server unix:/tmp/gunicorn.sock fail_timeout=0;\n  }\n  server {\n    listen 80 default_server;\n    return 444;\n  }\n  server {\n    listen 80 deferred;\n    client_max_body_size 4G;\n    server_name example.com;\n    keepalive_timeout 5;\n    root /srv/current/public;\n    location / {\n      try_files $uri @proxy_to_app;\n    }\n    location @proxy_to_app {\n      proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;\n      proxy_set_header X-Forwarded-Proto $scheme;\n      proxy_set_header Host $http_host;\n      proxy_redirect off;\n      proxy_pass http://app_server;\n    }\n    error_page 500 502 503 504 /500.html;\n    location = /500.html {\n      root /srv/current/public;\n    }\n  }\n}\n",
  },
  {
    kind: "nginx",
    source: `${gunicorn}/deploy/`,
    text: "location @proxy_to_app {\n    proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;\n    proxy_set_header Host $http_host;\n    proxy_redirect off;\n    proxy_buffering off;\n\n    proxy_pass http://app_server;\n}\n",
  },
  {
    kind: "nginx",
    source: `${gunicorn}/deploy/`,
    text: "user www-data;\nhttp {\n    server {\n        listen          8000;\n        server_name     127.0.0.1;\n        location / {\n            proxy_pass http://unix:/run/gunicorn.sock;\n        }\n    }\n}\n",
  },
  {
    kind: "nginx",
    source: `${waitress}/reverse-proxy.html`,
    text: "proxy_set_header Host $host;\nproxy_set_header X-Forwarded-Proto $scheme;\nproxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;\nproxy_set_header X-Forwarded-Host $host:$server_port;\nproxy_set_header X-Forwarded-Port $server_port;\n",
  },
  {
    kind: "nginx",
    source: `${uwsgi}/WSGIquickstart.html`,
    text: "location / {\n    include uwsgi_params;\n    uwsgi_pass 127.0.0.1:3031;\n}\n",
  },
  {
    kind: "nginx",
    source: `${uwsgi}/Nginx.html`,
    text: "uwsgi_pass unix:///tmp/uwsgi.sock;\ninclude uwsgi_params;\n",
  },
  {
    kind: "nginx",
    source: `${nginx}/http/ngx_http_proxy_module.html`,
    text: "location / {\n    proxy_pass       http://localhost:8000;\n    proxy_set_header Host      $host;\n    proxy_set_header X-Real-IP $remote_addr;\n}\n",
  },
  {
    kind: "nginx",
    source: `${nginx}/http/configuring_https_servers.html`,
    text: "worker_processes auto;\nhttp {\n    ssl_session_cache   shared:SSL:10m;\n    ssl_session_timeout 10m;\n    server {\n        listen              443 ssl;\n        server_name         www.example.com;\n        keepalive_timeout   70;\n        ssl_certificate     www.example.com.crt;\n        ssl_certificate_key www.example.com.key;\n        ssl_protocols       TLSv1.2 TLSv1.3;\n        ssl_ciphers         HIGH:!aNULL:!MD5;\n    }\n}\n",
  },
  {
    kind: "nginx",
    source: `${nginx}/beginners_guide.html`,
    text: "server {\n    location / {\n        proxy_pass http://localhost:8080/;\n    }\n\n    location ~ \\.(gif|jpg|png)$ {\n        root /data/images;\n    }\n}\n",
  },
  {
    kind: "nginx",
    source: `${nginx}/http/ngx_http_core_module.html#alias`,
    text: "location /i/ {\n    alias /data/w3/images/;\n}\nlocation ~ ^/users/(.+\\.(?:gif|jpe?g|png))$ {\n    alias /data/w3/images/$1;\n}\n",
  },
  {
    kind: "unit",
    source: `${gunicorn}/deploy/#systemd`,
    text: "# /etc/systemd/system/gunicorn.service\n\n[Unit]\nDescription=gunicorn daemon\nRequires=gunicorn.socket\nAfter=network.target\n\n[Service]\nType=notify\nNotifyAccess=main\nUser=someuser\nGroup=someuser\nWorkingDirectory=/home/someuser/applicationroot\nExecStart=/usr/bin/gunicorn applicationname.wsgi\nExecReload=/bin/kill -s HUP $MAINPID\nKillMode=mixed\nTimeoutStopSec=5\nPrivateTmp=true\n\n[Install]\nWantedBy=multi-user.target\n",
  },
  {
    kind: "unit",
    source: `${gunicorn}/deploy/#systemd`,
    text: "[Unit]\nDescription=gunicorn socket\n\n[Socket]\nListenStream=/run/gunicorn.sock\nSocketUser=www-data\nSocketGroup=www-data\nSocketMode=0660\n\n[Install]\nWantedBy=sockets.target\n",
  },
  {
    kind: "unit",
    source: `${uwsgi}/Systemd.html`,
    text: "[Unit]\nDescription=uWSGI Emperor\n\n[Service]\nExecStart=/root/uwsgi/uwsgi --ini /etc/uwsgi/emperor.ini\nRuntimeDirectory=uwsgi\nRestart=always\nKillSignal=SIGQUIT\nType=notify\nStandardError=syslog\nNotifyAccess=all\n\n[Install]\nWantedBy=multi-user.target\n",
  },
  {
    kind: "unit",
    source: `${uwsgi}/Systemd.html`,
    text: "[Unit]\nDescription=%i uWSGI app\n\n[Service]\nExecStart=/usr/bin/uwsgi \\\n        --ini /etc/uwsgi/apps-available/%i.ini \\\n        --socket /var/run/uwsgi/%i.socket\nUser=www-%i\nGroup=www-data\nRestart=on-failure\nKillSignal=SIGQUIT\nType=notify\nStandardError=syslog\nNotifyAccess=all\n",
  },
];
