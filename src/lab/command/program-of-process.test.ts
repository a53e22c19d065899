import { expect, it } from "vitest";
import { programOf } from "./program-of-process.ts";

it.each([
  ["flask --app app run", "flask"],
  ["gunicorn: worker [app:app]", "gunicorn"],
  ["nginx: worker process", "nginx"],
  ["nginx: master process nginx -c /home/student/nginx.conf", "nginx"],
  ["/usr/bin/python3 /usr/bin/gunicorn -w 2 app:app", "gunicorn"],
  ["/usr/bin/python3 -u /usr/local/bin/gunicorn -w 2 app:app", "gunicorn"],
  ["python tiny_server.py", "tiny_server.py"],
  ["python3.11 -m http.server 8000", "http.server"],
  ["node --watch server.js", "server.js"],
  ["uwsgi --ini uwsgi.ini", "uwsgi"],
  ["UWSGI_PLUGINS=http,python3 uwsgi --http :8000", "uwsgi"],
  ["sh start.sh", "start.sh"],
  ["python", "python"],
  ["", ""],
])("%s is %s", (title, program) => {
  expect(programOf(title)).toBe(program);
});
