cd /srv/shop
sudo gunicorn --worker 4 --timeout 0 --reload \
  -b 0.0.0.0:80 app:app &
