# Hands the unit to systemd, starts it, and shows its journal from now on.
systemctl --quiet link "$PWD/shop.service"
systemctl daemon-reload
systemctl restart shop
exec journalctl --follow --lines=20 --unit=shop
