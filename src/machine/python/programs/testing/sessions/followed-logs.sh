# What is followed is the file (-f) or its name (-F), whoever moves or empties it.
shows() { until grep -q "$1" out; do sleep .05; done; }
echo a > app.log; tail -f app.log > out 2>&1 & shows a
echo b >> app.log; shows b; mv app.log app.log.1; echo new > app.log; echo late >> app.log.1; shows late
: > app.log.1; echo short >> app.log.1; shows short; kill $!; wait $!; echo $?; cat out
rm app.log*; echo a > app.log; tail -F app.log > out 2>&1 & shows a
mv app.log app.log.1; shows inaccessible; echo new > app.log; shows new
: > app.log; shows truncated; echo a longer line >> app.log; shows longer
rm app.log; until [ $(grep -c inaccessible out) = 2 ]; do sleep .05; done
echo again > app.log; shows again; kill $!; wait $!; echo $?; cat out
echo 1 > x.log; echo 2 > y.log; tail -n1 -f x.log y.log > out & shows 2
echo 3 >> x.log; shows 3; echo 4 >> x.log; shows 4; echo 5 >> y.log; shows 5; kill $!; wait $!; cat out
tail -F later.log > out 2>&1 & shows cannot; echo now > later.log; shows now; kill $!; wait $!; cat out
