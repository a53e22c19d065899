# Quoting and words, as they go wrong in questions.
file="my file.txt"; touch "$file"; ls $file; ls "$file"; for f in *.txt; do echo "[$f]"; done; for w in $file; do echo "<$w>"; done; rm "$file"
echo "unterminated
second"; echo 'single $HOME'; echo "double $UNSET."; echo `echo old`; echo $(echo "nested $(echo "deep 'q'")"); echo "a"'b'c"d"; echo \$HOME "\\" '\\' "\n"
x="a   b"; echo $x; echo "$x"; y=$x; echo "$y"; z="*"; echo "$z"; touch a1 a2; echo a*; echo "a*"; echo 'a'*; echo [a]1 a? b* ; set -f; echo a*; set +f; echo {1..3}; echo "{1..3}"
if [ $x = "a b" ]; then echo no; fi; echo $?; [ -n $unset ] && echo "surprise"; [ -n "$unset" ] || echo expected; [ "$x" == "a   b" ] && echo same; test 1 -eq 1.0; echo $?; [ 1 > 2 ] && echo made a file; ls 2; rm 2
count=0; printf '1\n2\n' | while read -r l; do count=$((count + 1)); done; echo $count; while read -r l; do count=$((count + 1)); done < <(printf '1\n2\n'); echo $count
cd nosuch; echo $?; cd nosuch && echo no || echo stayed; mkdir -p d/e && cd d/e && pwd | sed 's|.*/d|d|'; cd ../..; cd - > /dev/null; basename "$PWD"; cd "$OLDPWD"; (cd d && ls); ls -d */; pushd d > /dev/null; basename "$PWD"; popd > /dev/null
function greet() { echo "hi ${1:-you}"; return 5; }; greet; echo $?; greet Ada; alias ll='ls -l'; type ll 2>&1 | head -1; unset -f greet; greet; echo $?
echo "1 + 1"; echo 1 + 1; let a=1+1; echo $a; echo $((a ** 3)); expr 1+1; expr 1 + 1; echo $((10 / 3)).$((10 % 3)); echo "scale" | tr a-z A-Z; a=5 b=6; echo $((a > b ? a : b)); ((a++)); echo $a; echo $((a += 2)); i=1; ((i--)); echo $? $i
ls nosuch || echo "exit $?"; ls nosuch; echo "exit $?"; echo hi > /nosuch/file; echo "exit $?"; cat < nosuch; echo "exit $?"; nosuchcmd; echo "exit $?"; ./nosuch.sh; echo "exit $?"; touch noexec.sh; ./noexec.sh; echo "exit $?"; . ./nosuch.sh; echo "exit $?"; (exit 300); echo "exit $?"; exit_in_function() { return 1; }; exit_in_function || echo failed
PATH=/nosuch; ls; echo "exit $?"; PATH=/usr/bin:/bin; ls | wc -l | tr -d ' '; HOME=/tmp; echo ~ ~/x "~"; echo "$((1+1))$(echo 2)${x:0:1}"; IFS=,; v=a,b; echo $v; set -- $v; echo $#; unset IFS; echo "$*"
for i in 1 2 3; do echo $i; done | tail -1; for i in $(seq 3); do printf $i; done; echo; for f in nosuch*; do echo "$f"; done; case "$x" in a*b) echo glob;; esac; while read a b; do echo "$b $a"; done <<< "1 2"; [[ -f a1 && -r a1 ]] && echo readable; [ -f a1 -a -r a1 ] && echo old; rm -f a1 a2; echo done
