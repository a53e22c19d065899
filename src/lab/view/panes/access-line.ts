/** Lines of access logs, as the servers of this course write them. */

/** `"GET / HTTP/1.1" 200`: Werkzeug, gunicorn, waitress behind a logger, uvicorn, hypercorn, nginx. */
const quoted = /"([A-Z]{3,7}) (\S+) (?:HTTP\/)?[\d.]+" (\d{3})(?!\d)/;
/** `GET / => generated 5 bytes in 1 msecs (HTTP/1.1 200)`: uWSGI. */
const uwsgi = /\b([A-Z]{3,7}) (\S+) => generated .*\(HTTP\/[\d.]+ (\d{3})\)/;

/** What a line says was asked and answered, `GET / 200`, if it is one of an access log. Lines are given without colours. */
export function accessOf(line: string): string | undefined {
  const [, method, path, status] = quoted.exec(line) ?? uwsgi.exec(line) ?? [];
  return method === undefined ? undefined : `${method} ${path} ${status}`;
}
