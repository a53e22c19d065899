# What a course asks of an access log.
cat > access.log <<'LOG'
127.0.0.1 - - [29/Nov/2026:10:00:01 +0000] "GET / HTTP/1.1" 200 512 "-" "curl/7.88"
127.0.0.1 - - [29/Nov/2026:10:00:02 +0000] "GET /about HTTP/1.1" 200 1024 "-" "Mozilla/5.0 (X11)"
10.0.0.7 - - [29/Nov/2026:10:00:02 +0000] "POST /login HTTP/1.1" 302 0 "-" "Mozilla/5.0 (X11)"
10.0.0.7 - - [29/Nov/2026:10:00:05 +0000] "GET /missing HTTP/1.1" 404 207 "http://localhost/" "curl/7.88"
10.0.0.9 - - [29/Nov/2026:10:01:00 +0000] "GET /api/items?page=2 HTTP/1.1" 500 33 "-" "python-requests/2.32"
127.0.0.1 - - [29/Nov/2026:10:01:07 +0000] "GET / HTTP/1.1" 200 512 "-" "curl/7.88"
LOG
awk '{print $9}' access.log | sort | uniq -c | sort -rn
awk '{print $1}' access.log | sort | uniq -c | sort -k1,1nr -k2 | head -3
awk -F'"' '{print $2}' access.log | awk '{print $2}' | sort | uniq -c | sort -rn | head -2 | awk '{printf "%3d %s\n", $1, $2}'
grep -c '" 200 ' access.log; grep -E '" (4|5)[0-9]{2} ' access.log | awk '{print $7, $9}'
awk '$9 >= 400 {n[$9]++} END {for (s in n) print s, n[s]}' access.log | sort
awk '{sum += $10} END {printf "%d bytes, %.1f on average\n", sum, sum / NR}' access.log
cut -d' ' -f4 access.log | tr -d '[' | cut -d: -f2,3 | sort | uniq -c
sed -n 's/.*"\(GET\|POST\) \([^ ?]*\).*/\1 \2/p' access.log | sort -u
grep -oE '"[A-Z]+ [^ ]+' access.log | tr -d '"' | sort | uniq -c | sort -rn | sed 's/^ *//'
grep -o '\[[^]]*\]' access.log | head -1 | tr -d '[]'
awk 'match($0, /"[^"]*"$/) {print substr($0, RSTART + 1, RLENGTH - 2)}' access.log | cut -d/ -f1 | sort | uniq -c
tail -n 2 access.log | while read -r ip _ _ time _ method path rest; do echo "$ip ${method#\"} $path"; done
awk 'BEGIN {print "path,status"} {gsub(/"/, ""); print $7 "," $9}' access.log > report.csv; head -3 report.csv; wc -l < report.csv
sort -t, -k2,2n -k1,1 report.csv | tail -1; column -s, -t report.csv | head -2
join <(awk '{print $1}' access.log | sort -u) <(echo "10.0.0.7 office") ; comm -12 <(sort report.csv) <(grep 500 report.csv)
awk -v limit=500 '$10 > limit {c++} END {print c + 0, "large"}' access.log
paste -sd+ <(awk '{print $10}' access.log) ; echo $(( $(awk '{print $10}' access.log | paste -sd+ -) ))
