# Starts what belongs together. Nothing has been sent yet.
rm -f sent.txt
exec gunicorn -w 4 -b 0.0.0.0:8000 app:app
