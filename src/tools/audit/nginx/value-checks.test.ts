/** What `nginx -t` (1.22 and 1.26) refuses and takes in a server, and so does the audit. The messages are nginx's. */
import { describe, expect, it } from "vitest";
import { audit } from "../audit.ts";

function refused(server: string): readonly string[] {
  const found = audit("nginx", `server {\n${server}\n}`);
  return found.filter(({ rule }) => rule === "nginx-not-understood").map(({ about }) => about);
}

describe("values that nginx refuses", () => {
  it.each([
    ["listen 80; server_name a.com; listen 80 default_server;", "a duplicate listen 0.0.0.0:80"],
    ["listen :8080;", 'no host in ":8080" of the "listen" directive'],
    ["listen 127.0.0.1:80 backlog=abc;", 'invalid parameter "backlog=abc"'],
    ["location /a { location /b { return 200; } }", 'location "/b" is outside location "/a"'],
    ["location / { try_files $uri =abc; }", 'invalid code "=abc"'],
    ["gzip_comp_level 10;", "value must be between 1 and 9"],
    ['add_header X-Frame-Options "DENY" forever;', 'invalid parameter "forever"'],
    ["if ($host == example.com) { return 404; }", 'unexpected "==" in condition'],
    ["if ($a = b && $c = d) { return 403; } set $a 1; set $c 1;", 'invalid condition "$a"'],
    ["if (host = b) { return 403; }", 'invalid condition "host"'],
    ["set b 6;", 'invalid variable name "b"'],
    ['set $a "${host";', 'the closing bracket in "host" variable is missing'],
    ["error_page 600 /x;", 'value "600" must be between 300 and 599'],
    ["error_log /tmp/e.log loud;", 'invalid log level "loud"'],
    ["ssl_protocols TLS1.2;", 'invalid value "TLS1.2"'],
    ["allow 10.0.0.0/33;", 'invalid parameter "10.0.0.0/33"'],
    ["deny none;", 'invalid parameter "none"'],
    ["satisfy both;", 'invalid value "both"'],
    ["limit_req zone burst=5;", 'invalid parameter "zone"'],
    ["expires 30d; expires max;", '"expires" directive is duplicate'],
    ["expires 30 days;", '"expires" directive invalid value'],
    ["proxy_redirect on;", 'invalid parameter "on"'],
    ["proxy_next_upstream err;", 'invalid value "err"'],
    ["server_tokens hidden;", 'invalid value "hidden"'],
    ["open_file_cache 1000;", 'invalid "open_file_cache" parameter "1000"'],
    ["location / { limit_except GET,POST { deny all; } }", 'invalid method "GET,POST"'],
    ["ssl_session_cache shared:10m;", 'invalid session cache "shared:10m"'],
    ["send_timeout 5; send_timeout 6;", '"send_timeout" directive is duplicate'],
    ["tcp_nodelay on; tcp_nodelay off;", '"tcp_nodelay" directive is duplicate'],
  ])("%s", (server, message) => {
    expect(refused(server)).toEqual([expect.stringContaining(message)]);
  });
});

describe("values that nginx takes", () => {
  it.each([
    "error_page 404 @nf; error_page 500 502 =503 /x; error_page 404 = /empty.gif; location @nf { return 404; }",
    "if ($request_method !~ ^(GET|HEAD)$) { return 405; }",
    'if ($http_cookie ~* "id=([^;]+)(?:;|$)") { set $id $1; }',
    "if ( !-e $request_filename ) { rewrite ^ /index.html last; }",
    "if ($host != 'a.com' ) { return 301 $scheme://a.com$request_uri; }",
    "if ($uri ~ (foo|bar)) { return 404; }",
    'if ($arg_a = "") { return 400; }',
    "expires modified +24h; location /a { expires @15h30m; } location /b { expires 1y6M; } location /c { expires -1; }",
    "set $exp 1h; expires $exp;",
    "allow 2001:db8::/32; allow 10.0.0.0/8; allow unix:; deny all;",
    "ssl_session_cache builtin:1000 shared:SSL:10m; ssl_protocols TLSv1 TLSv1.1 TLSv1.2 TLSv1.3;",
    "listen [::]:8080; listen 8080; listen 127.0.0.1:8080; listen unix:/tmp/y.sock; listen localhost:8081;",
    "listen 8080 so_keepalive=30m::10 fastopen=3 backlog=511 rcvbuf=64k deferred reuseport;",
    "error_log stderr info; error_log syslog:server=127.0.0.1 notice; error_log /tmp/e.log debug_http;",
    "gzip_proxied expired no-cache private auth; gzip_comp_level 9;",
    "proxy_redirect http://a/ /; proxy_redirect http://b/ /;",
    "location /a { location ~ \\.css$ { expires max; } location = /a { return 200; } location /ab { return 200; } }",
    "server_tokens off; location / { try_files $uri $uri.html $uri/index.html =404; }",
    "limit_req zone=one burst=5 nodelay; limit_rate 100k;",
    "disable_symlinks if_not_owner from=/srv; open_file_cache max=1000 inactive=20s;",
  ])("%s", (server) => {
    expect(refused(server)).toEqual([]);
  });
});
