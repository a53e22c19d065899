mkdir -p shop/{templates,static/css} shop/.venv/lib; echo 'app' > shop/app.py; echo '<h1>' > shop/templates/index.html; echo 'body{}' > shop/static/css/site.css; echo big > shop/.venv/lib/x; mkdir shop/__pycache__; echo pyc > shop/__pycache__/app.pyc
tar -czf shop.tar.gz --exclude='.venv' --exclude=__pycache__ shop; tar -tzf shop.tar.gz | sort
mkdir out && tar -xzf shop.tar.gz -C out && find out -type f | sort; cat out/shop/app.py
tar -cf - shop | tar -tf - | wc -l | tr -d ' '; tar czf - -C shop app.py | tar xzOf - ; gzip -k shop/app.py; ls shop; zcat shop/app.py.gz
cp -r shop shop2; echo changed >> shop2/app.py; rm shop2/templates/index.html; echo new > shop2/new.py; diff -rq shop shop2 | sort; diff shop/app.py shop2/app.py; diff -u shop/app.py shop2/app.py | sed 1,2d
find shop -name '*.pyc' -delete; find shop -name __pycache__ -type d -exec rm -r {} +; find shop -type d | sort; find . -name '*.py' -not -path '*/.venv/*' | sort | xargs wc -l | tail -1 | awk '{print $1, $2}'
find shop -type f -name '*.html' -o -name '*.css' | sort; find . -name '*.gz' -size -100k | sort; du -a shop2 > /dev/null && echo du; find shop2 -newer shop.tar.gz -name new.py
for f in shop/*.py; do b=$(basename "$f" .py); echo "$b ${f%.py}.txt"; done; find shop -type f -exec sh -c 'echo "$(wc -c < "$1" | tr -d " ") ${1##*/}"' _ {} \; | sort
grep -rn --include='*.py' app shop | sort; grep -rl body . --include='*.css' | sort; find shop -type f ! -name '*.gz' -print0 | sort -z | xargs -0 cat | md5sum; ls -R shop/static
split -b 10 shop/app.py part.; ls part.*; cat part.* | cmp - shop/app.py && echo same; sha256sum shop/app.py | cut -c1-8; (cd shop && find . -type f | sort | head -3); mv shop2 old; [ -d old ] && rm -rf old; ls
tar -xzf shop.tar.gz nosuch; echo $?; tar -xf /dev/null; echo $?; gunzip -c shop/app.py.gz | diff - shop/app.py; echo $?; rename() { for f in *."$1"; do mv "$f" "${f%.$1}.$2"; done; }; touch a.txt b.txt; rename txt md; ls *.md
