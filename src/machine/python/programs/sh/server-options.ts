/** What Tab offers after the servers' commands. A test holds these against the tables of `src/tools/audit/options/`. */

/** Options of each server's command, their long forms. */
export const serverOptions: ReadonlyMap<string, readonly string[]> = new Map([
  [
    "gunicorn",
    words(
      "--access-logfile --access-logformat --asgi-disconnect-grace-period --asgi-lifespan --asgi-loop --backlog " +
        "--bind --ca-certs --capture-output --casefold-http-method --cert-reqs --certfile --chdir --check-config " +
        "--ciphers --config --control-socket --control-socket-mode --daemon --dirty-app --dirty-graceful-timeout " +
        "--dirty-threads --dirty-timeout --dirty-workers --disable-redirect-access-to-syslog " +
        "--do-handshake-on-connect --dogstatsd-tags --enable-backlog-metric --enable-stdio-inheritance --env " +
        "--error-logfile --forwarded-allow-ips --forwarder-headers --graceful-timeout --group --header-map --help " +
        "--http-parser --http-protocols --http2-cleartext --http2-initial-window-size " +
        "--http2-max-concurrent-streams --http2-max-frame-size --http2-max-header-list-size --initgroups " +
        "--keep-alive --keyfile --limit-request-field_size --limit-request-fields --limit-request-line " +
        "--log-config --log-config-json --log-file --log-level --log-syslog --log-syslog-facility " +
        "--log-syslog-prefix --log-syslog-to --logger-class --max-requests --max-requests-jitter --name " +
        "--no-control-socket --no-sendfile --paste --paste-global --paster --permit-obsolete-folding " +
        "--permit-unconventional-http-method --permit-unconventional-http-version --pid --preload --print-config " +
        "--protocol --proxy-allow-from --proxy-protocol --pythonpath --reload --reload-engine --reload-extra-file " +
        "--reuse-port --root-path --spew --ssl-version --statsd-host --statsd-prefix --strip-header-spaces " +
        "--suppress-ragged-eofs --threads --timeout --umask --user --uwsgi-allow-from --version " +
        "--websocket-max-message-size --worker-class --worker-connections --worker-tmp-dir --workers",
    ),
  ],
  [
    "flask",
    words(
      "--app --cert --debug --debugger --env-file --exclude-patterns --extra-files --help --host --key " +
        "--no-debug --no-debugger --no-reload --port --reload --version --with-threads --without-threads",
    ),
  ],
  [
    "waitress-serve",
    words(
      "--asyncore-loop-timeout --asyncore-use-poll --backlog --call --channel-request-lookahead " +
        "--channel-timeout --cleanup-interval --clear-untrusted-proxy-headers --connection-limit " +
        "--expose-tracebacks --help --host --ident --inbuf-overflow --ipv4 --ipv6 --listen --log-socket-errors " +
        "--log-untrusted-proxy-headers --max-request-body-size --max-request-header-size --no-asyncore-use-poll " +
        "--no-clear-untrusted-proxy-headers --no-expose-tracebacks --no-ipv4 --no-ipv6 --no-log-socket-errors " +
        "--no-log-untrusted-proxy-headers --outbuf-high-watermark --outbuf-overflow --port --recv-bytes " +
        "--send-bytes --server-name --sockets --threads --trusted-proxy --trusted-proxy-count " +
        "--trusted-proxy-headers --unix-socket --unix-socket-perms --url-prefix --url-scheme",
    ),
  ],
]);

function words(text: string): readonly string[] {
  return text.split(" ");
}
