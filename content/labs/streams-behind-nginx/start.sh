ln -sf "$PWD/nginx.conf" /etc/nginx/nginx.conf
# Nginx follows once the app answers: until then it would have nobody to pass requests to.
while kill -0 $$ 2>/dev/null; do
    curl --silent --output /dev/null localhost:8000 && exec nginx
    sleep 0.3
done &
exec gunicorn --threads 4 app:app
