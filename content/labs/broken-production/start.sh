# Nginx first, then the shop as a service; shows the journal of both.
set -e
ln -sf "$PWD/nginx.conf" /etc/nginx/nginx.conf
nginx -t -q
systemctl restart nginx
systemctl --quiet link "$PWD/shop.service"
systemctl daemon-reload
systemctl restart shop
exec journalctl --follow --lines=20 --unit=shop --unit=nginx
