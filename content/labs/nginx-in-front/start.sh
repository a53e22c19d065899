# A certificate that this computer signs itself, once.
[ -f server.key ] || openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 \
    -subj /CN=localhost -keyout server.key -out server.crt 2>/dev/null
ln -sf "$PWD/nginx.conf" /etc/nginx/nginx.conf
nginx
exec gunicorn -w 2 app:app
