/** What is done to the production side of the Linux machine's labs, there and natively. */

/** A line for a shell beside the server; what it prints is compared. */
export interface LinuxScenario {
  readonly name: string;
  readonly line: string;
}

/** A lab, and what is done once its server answers, in order. */
export interface LinuxCourse {
  /** Its folder in `content/labs/`. */
  readonly lab: string;
  /** A line that ends when the server answers. */
  readonly ready: string;
  readonly scenarios: readonly LinuxScenario[];
  /** Lines of what the server printed that are compared, too. Left out: none. */
  readonly log?: RegExp;
}

const gzip = "-H 'Accept-Encoding: gzip'";
const forged = "-H 'X-Forwarded-For: 203.0.113.9' -H 'X-Forwarded-Proto: https'";
const discard = "-o /dev/null";

/** Asked for until it answers; what servers log of it is left out. */
export const readyQuery = "?ready";
const answers = (address: string) =>
  `until [ "$(curl -s -o /dev/null -w '%{http_code}' '${address}${readyQuery}')" = 200 ]; do sleep 0.2; done`;
/** Ends once this line of the shell succeeds. */
const until = (line: string) => `until ${line}; do sleep 0.1; done`;

/** Both labs whose servers do without systemd. */
export const linuxCourses: readonly LinuxCourse[] = [
  {
    lab: "uwsgi",
    ready: answers("localhost:8000/"),
    scenarios: [
      { name: "hello", line: "curl -si localhost:8000/" },
      { name: "not found", line: "curl -si localhost:8000/nowhere" },
      { name: "by the uwsgi protocol", line: "nginx -c $PWD/nginx.conf; curl -si localhost:8080/" },
      { name: "http to a uwsgi socket", line: "curl -s localhost:9000/; echo $?" },
      {
        name: "a worker killed",
        line: `n=$(pgrep -c uwsgi); pid=$(pgrep uwsgi | sed -n 2p); kill -KILL $pid; ${until('[ "$(pgrep -c uwsgi)" = $n ] && ! pgrep uwsgi | grep -qx $pid')}; curl -s localhost:8080/`,
      },
      {
        name: "a request that hangs",
        line: `n=$(pgrep -c uwsgi); pids=$(pgrep uwsgi); curl -s localhost:8080/hang | head -2; ${until('[ "$(pgrep -c uwsgi)" = $n ] && [ "$(pgrep uwsgi)" != "$pids" ]')}; curl -s localhost:8080/`,
      },
      {
        name: "TERM",
        line: `(curl -s localhost:8080/slow | head -2) & ${until("ss -Htn state established sport = :9000 | grep -q .")}; pkill -TERM -o uwsgi; wait; curl -s localhost:8000/; echo $?`,
      },
    ],
    log: /generated|invalid request block|DAMN|Respawned|HARAKIRI|SIGINT|goodbye/,
  },
  {
    lab: "nginx-in-front",
    ready: answers("localhost/"),
    scenarios: [
      { name: "a file", line: "curl -si localhost/static/style.css | head -20" },
      { name: "the same from gunicorn", line: "curl -s -D - -o /dev/null localhost:8000/static/style.css" },
      { name: "a file that is not there", line: "curl -si localhost/static/nothing.css" },
      { name: "compressed", line: `curl -s -D - ${discard} ${gzip} localhost/list` },
      { name: "decompressed again", line: "curl -s --compressed localhost/list | md5sum" },
      { name: "gunicorn compresses nothing", line: `curl -s -D - ${discard} ${gzip} localhost:8000/list` },
      { name: "a certificate of its own", line: "curl -s https://localhost/; echo $?" },
      { name: "taken all the same", line: "curl -sik https://localhost/who" },
      { name: "http where https is spoken", line: "curl -si http://localhost:443/" },
      { name: "who asks, forged, not believed", line: `curl -s ${forged} localhost/who` },
      { name: "nginx -t", line: "nginx -t" },
      { name: "nginx -s reload", line: "nginx -s reload 2>/dev/null; echo $?; curl -s localhost/" },
      {
        name: "settings that are wrong",
        line: "sed -i 's/listen 80;/listen 80/' nginx.conf; nginx -t; nginx -s reload; curl -s localhost/; sed -i 's/listen 80$/listen 80;/' nginx.conf",
      },
      {
        name: "who asks, one proxy believed",
        line: `sed -i 's/PROXIES = 0/PROXIES = 1/' app.py; pkill --ns $$ -HUP -o gunicorn; ${until(`[ "$(for i in 1 2 3 4 5 6 7 8; do curl -s ${forged} localhost:8000/who; done | grep -c 203)" = 8 ]`)}; curl -s ${forged} localhost/who; curl -sk https://localhost/who`,
      },
      {
        name: "nobody behind it",
        line: `pkill --ns $$ -KILL gunicorn; ${until("! pgrep --ns $$ gunicorn > /dev/null")}; curl -si localhost/; curl -s -o /dev/null -w '%{http_code}\\n' localhost/static/style.css; tail -1 /var/log/nginx/error.log; tail -3 /var/log/nginx/access.log`,
      },
    ],
  },
];
