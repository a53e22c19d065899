name=Ada
cat > app.py <<PY
import flask
app = flask.Flask("$name")
print("\$HOME is $((6 * 7)) and $(echo sub)")
PY
cat app.py
cat <<'PY' > raw.py
print("$HOME `date` \n")
PY
cat raw.py; wc -l raw.py
mkdir -p proj/templates && cat > proj/templates/index.html <<HTML && cat >> proj/README <<README
<h1>{{ title }}</h1>
<p>${name:-nobody}</p>
HTML
# $name's project
README
cat proj/templates/index.html proj/README
cat <<-TABS
	no tabs
		here $name
	TABS
cat <<A <<B
first
A
second
B
tee one.txt two.txt <<< "both" > /dev/null; cat one.txt two.txt; bash -s -- x y <<'S'
echo "script $1 $2 $#"
S
while read -r n; do echo "n=$n"; done <<END | tac
1
2
END
f() { cat <<X
in function: $1
X
}; f a; cat << "Q U"
spaced $name
Q U
sh <<'S'; echo "status $?"
echo inside; exit 4
S
grep b <<T && echo found
abc
T
x=$(cat <<E
captured "quotes" and 'single'
E
); echo "$x"; ( cat; echo sub ) <<E
to a subshell
E
cat <<E | sed 's/^/> /'
piped $name
E
if cat <<E; then echo ok; fi
cond
E
cat <<E > out; cat out
back\\slash \$dollar \`tick\` line \
joined
E
printf '%s\n' "a b" 'c"d' > list; mapfile -t l < list; echo "${l[1]}"; cat list - <<< "end"
