import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hostileText, inTime, type Language, longestHostile } from "../../testing/hostile-text.ts";
import { audit, longestAudited, mostFindings } from "./audit.ts";
import { type Finding, type TextKind, textKinds } from "./findings/finding.ts";

const python: Pick<Language, "tokens" | "brackets"> = {
  tokens: [
    ...[
      "=",
      "==",
      ":",
      ",",
      ".",
      "**",
      "*",
      "@",
      "#",
      "'",
      '"',
      '"""',
      "f'",
      "\\\n",
      "\n ",
      "\n\t",
      "-",
      "not ",
      "lambda: ",
    ],
    ...[
      "import a as b",
      "from flask import ",
      "app.run(",
      "debug=True",
      "app.config['DEBUG'] = ",
      "def f():\n  ",
      "a=1\n",
    ],
    ...[
      "if __name__ == '__main__':\n ",
      "timeout",
      "workers = ",
      "class A:\n ",
      "a.b()",
      "a = ",
      "serve(",
      "host='0.0.0.0'",
    ],
  ],
  brackets: [
    ["(", ")"],
    ["[", "]"],
    ["{", "}"],
    ["f(", ")"],
    ["f([", "])"],
    ["a[", "]"],
    ["a = f(b=(", ",))"],
    ["x = (", ")\n"],
    ["a(b(", ")).c"],
    ["'''", "'''"],
    ["if a:\n ", "\n"],
  ],
};

const languages: Readonly<Record<TextKind, Language>> = {
  command: {
    tokens: [
      ...[
        "|",
        "&",
        ";",
        "'",
        '"',
        "`",
        "$",
        "\\",
        "#",
        "-",
        "--",
        "=",
        "sudo ",
        "env ",
        "nohup ",
        "for i in ",
        "do ",
        "done\n",
      ],
      ...[
        "gunicorn ",
        "flask run ",
        "uwsgi ",
        "waitress-serve ",
        "-w ",
        "--bind",
        "--x=",
        "python -m ",
        "-u root ",
        "A=b ",
        "$ ",
      ],
      ...[
        "FROM a\n",
        "CMD [",
        "ENTRYPOINT ",
        "ENV A=b ",
        "RUN <<EOF\n",
        "\\\n",
        "services:\n",
        "  web:\n",
        "    command: ",
        "    environment:\n      - A=b\n",
        "&a ",
        "*a ",
        "[program:a]\n",
        "command=",
        "environment=",
        "web: ",
        "docker run -e A=b c ",
        "sh -c '",
        "export ",
      ],
    ],
    brackets: [
      ["(", ")"],
      ["{ ", ";}"],
      ["$(", ")"],
      ["${a:-", "}"],
      ["if a; then ", ";fi"],
      ['"', '"'],
    ],
    valid: [
      "sudo -u app env FLASK_DEBUG=1 gunicorn -w 4 -b :80 'app:app' &",
      "waitress-serve --threads=4 --listen=*:80 a:b",
      'FROM a AS b\nENV A=b C="d"\nUSER e\nENTRYPOINT ["sh", "-c"]\nCMD ["gunicorn", \\\n "-w", "4", "a:b"]\n',
      "services:\n  web:\n    environment:\n      - A=b\n    command: [gunicorn, '-w', '4', 'a:b']\n",
      '[program:a]\ncommand=gunicorn -w 4 a:b ; c\n  --reload\nenvironment=A="b",C="d"\n',
      "web: gunicorn -w 4 a:b\nrelease: flask db upgrade\n",
    ],
  },
  app: {
    ...python,
    valid: [
      'from flask import Flask\nimport os as o, secrets\napp = Flask(__name__)\napp.config["SECRET_KEY"] = o.getenv("K", "dev")\n',
      "def f():\n  app.config.update(DEBUG=True)\nif __name__ == '__main__':\n  app.run(host='0.0.0.0', debug=True)\n",
    ],
  },
  "gunicorn-conf": { ...python, valid: ["bind = ['0.0.0.0:80']\nworkers = 4\ntimout = 3\nwsgi_app: str = 'a:b'\n"] },
  nginx: {
    tokens: [
      ...[
        ";",
        "{",
        "}",
        '"',
        "'",
        "\\",
        "#",
        "$",
        "location /a ",
        "alias /b/",
        "proxy_pass http://a;",
        "uwsgi_pass a:1;",
      ],
      ...[
        "proxy_set_header Host $host;",
        "include x;",
        "server ",
        "listen 443 ssl;",
        "ssl_protocols TLSv1 ",
        "autoindex on;",
        "\n",
        "server_name ~^(a",
        "map $a $b",
        "rewrite ((a",
        "$remote_adr ",
        "client_max_body_size 1",
        "proxy_read_timeout 1",
        "set_real_ip_from ",
      ],
    ],
    brackets: [
      ["{", "}"],
      ["a {", "}"],
      ["server { uwsgi_pass a; ", "}"],
      ["location / { proxy_pass a; proxy_set_header A b; ", "}"],
      ["${", "}"],
    ],
    valid: ["http { server { listen 80; location /s { alias /srv/s/; } location / { proxy_pass http://a; } } }"],
  },
  unit: {
    tokens: [
      ...[
        "[",
        "]",
        "[Service]\n",
        "[Install]\n",
        "=",
        "\\\n",
        "\n",
        "#",
        ";",
        "%i",
        "'",
        '"',
        "ExecStart=",
        "Environment=",
      ],
      ...[
        "Type=notify\n",
        "ExecStart=gunicorn a:b\n",
        "/bin/sh -c ",
        "Restart=no\n",
        "KEY=a ",
        "RestartSec=1",
        "After=a.",
        "Restrat=",
        "-c ",
        "$(",
        "&& ",
        "User=root\n",
      ],
    ],
    brackets: [
      ["[", "]"],
      ["(", ")"],
      ["ExecStart=/bin/sh -c '$(", ")'\n"],
      ["{ ", ";}"],
    ],
    valid: [
      "[Service]\nExecStart=/bin/sh -c 'gunicorn -w 4 a:b'\nEnvironment=KEY=a B='c d'\n[Install]\nWantedBy=multi-user.target\n",
    ],
  },
};

/** What was found, once it is sure that all of it lies within the text. */
function audited(kind: TextKind, text: string): readonly Finding[] {
  const findings = text.length > longestHostile ? audit(kind, text) : inTime(() => audit(kind, text));
  for (const { from, to } of findings) expect(0 <= from && from <= to && to <= text.length).toBe(true);
  expect(findings.length).toBeLessThanOrEqual(mostFindings + 1);
  return findings;
}

describe("a hostile text is looked through in time", () => {
  it.each(textKinds)("%s", (kind) => {
    fc.assert(
      fc.property(hostileText(languages[kind]), (text) => void audited(kind, text)),
      { numRuns: 100 },
    );
  });
});

describe("what the audit does not understand it says", () => {
  const rulesIn = (kind: TextKind, text: string) => audited(kind, text).map(({ rule }) => rule);

  it.each<[TextKind, open: string, close: string]>([
    ["app", "(", ")"],
    ["app", "[", "]"],
    ["app", "{1:", "}"],
    ["app", "f(", ")"],
    ["app", "a = f(b=", ")"],
    ["app", "lambda: ", ""],
    ["app", "not ", ""],
    ["app", "-", ""],
    ["app", "x[", "]"],
    ["app", "a.b().", "c"],
    ["app", "1+", ""],
    ["gunicorn-conf", "workers = [", "]"],
    ["gunicorn-conf", "workers = (", ")"],
    ["nginx", "a {", "}"],
  ])("%s: %s %s within one another", (kind, open, close) => {
    const nested = (times: number) => open.repeat(times) + (kind === "nginx" ? "" : "1") + close.repeat(times);
    expect(rulesIn(kind, nested(20))).not.toContain("too-deeply-nested");
    expect(rulesIn(kind, nested(500))).toContain("too-deeply-nested");
    const times = Math.floor(longestHostile / (open.length + close.length));
    expect(rulesIn(kind, nested(times))).toContain("too-deeply-nested");
    expect(rulesIn(kind, open.repeat(times)).length).toBeGreaterThan(0);
  });

  it.each<[TextKind, string]>([
    ["app", "if a:\n"],
    ["app", "for a in b:\n"],
  ])("%s: %s within one another", (kind, line) => {
    const text = Array.from({ length: 180 }, (_, depth) => " ".repeat(depth) + line).join("");
    expect(rulesIn(kind, `${text}${" ".repeat(180)}app.run(debug=True)\n`)).toContain("too-deeply-nested");
  });

  it("and finds what stands around it", () => {
    const deep = `x = ${"(".repeat(2000)}1${")".repeat(2000)}\n`;
    expect(rulesIn("app", `${deep}app.run(debug=True)\n`)).toEqual(
      expect.arrayContaining(["debug-in-file", "too-deeply-nested"]),
    );
    const blocks = `${"a {".repeat(2000)}${"}".repeat(2000)} autoindex on;`;
    expect(rulesIn("nginx", blocks)).toEqual(expect.arrayContaining(["folder-is-listed", "too-deeply-nested"]));
  });

  it("also if it holds so many mistakes that reading it takes too long", () => {
    const found = audited("app", `app.run(debug=True)\n${"$) ".repeat(60_000)}`);
    expect(found.map(({ rule }) => rule)).toEqual(
      expect.arrayContaining(["debug-in-file", "python-not-understood", "not-looked-through"]),
    );
  });

  it("also if there is too much of it", () => {
    for (const kind of textKinds) {
      expect(audited(kind, "a".repeat(longestAudited + 1))).toEqual([
        expect.objectContaining({ rule: "not-looked-through" }),
      ]);
    }
    const many = audited("nginx", "autoindex on;\n".repeat(1000));
    expect(many.at(-1)).toMatchObject({ rule: "more-findings", about: String(1000 - mostFindings) });
    expect(audited("nginx", "autoindex on;\n".repeat(mostFindings))).toHaveLength(mostFindings);
  });
});
