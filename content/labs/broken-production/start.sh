# The shop as a service, then nginx; shows the journal of both.
set -e
ln -sf "$PWD/nginx.conf" /etc/nginx/nginx.conf
nginx -t -q
systemctl --quiet link "$PWD/shop.service"
systemctl daemon-reload
# Without the shop, nginx can still say so.
systemctl restart shop || true
systemctl restart nginx
exec journalctl --follow --lines=20 --unit=shop --unit=nginx
