# A certificate that this computer signs itself, once.
[ -f server.key ] || openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 \
    -subj /CN=localhost -keyout server.key -out server.crt 2>/dev/null
ln -sf "$PWD/nginx.conf" /etc/nginx/nginx.conf
# Nginx follows once the app answers: until then it would have nobody to pass requests to.
while kill -0 $$ 2>/dev/null; do
    curl --silent --output /dev/null localhost:8000 && exec nginx
    sleep 0.3
done &
exec gunicorn -w 2 app:app
