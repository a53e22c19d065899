import { expect, it } from "vitest";
import { namedPort, portOfCommand } from "./named-port.ts";

it("reads the port that a line names, alone or at the end of an address", () => {
  expect(namedPort('gunicorn -w 4 -b 0.0.0.0:8000 "shop:create_app()"')).toBe(8000);
  expect(namedPort("gunicorn --bind=[::]:8123 app:app")).toBe(8123);
  expect(namedPort("PYTHONPATH=src flask --app app run -p 5001 --debug")).toBe(5001);
  expect(namedPort("uvicorn --host 0.0.0.0 --port 8080 main:app")).toBe(8080);
  expect(namedPort("waitress-serve --listen=*:8080 app:app")).toBe(8080);
});

it("names none where the line does not, or names several, a socket, or a server that is not known", () => {
  for (const line of [
    "gunicorn app:app",
    "flask --app app run",
    "gunicorn -b 0.0.0.0:8000 -b 0.0.0.0:8001 app:app",
    "gunicorn -b unix:/run/shop.sock app:app",
    "gunicorn -b 0.0.0.0:0 app:app",
    "python app.py -b 9000",
    'gunicorn "app',
  ])
    expect(namedPort(line), line).toBeUndefined();
});

it("knows the port of flask run, where nothing sets another", () => {
  const files = (text: string) => [{ path: ".flaskenv", text }];
  expect(portOfCommand("flask --app app run --debug", files("FLASK_DEBUG=1\n"))).toBe(5000);
  expect(portOfCommand("flask --app app run -p 5001", [])).toBe(5001);
  expect(portOfCommand("gunicorn -b 0.0.0.0:8000 app", [])).toBe(8000);
  expect(portOfCommand("flask --app app run", files("FLASK_RUN_PORT=9000\n"))).toBeUndefined();
  expect(portOfCommand("FLASK_RUN_PORT=9000 flask --app app run", [])).toBeUndefined();
  expect(portOfCommand("flask --app app routes", [])).toBeUndefined();
  expect(portOfCommand("gunicorn app", [])).toBeUndefined();
});
