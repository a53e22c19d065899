/** What `help` prints. */
export const helpText = `A small shell. Each program is a process of its own, with signals and jobs as on Linux.

Python      python  flask  gunicorn  waitress-serve  pip
Web         curl
Files       ls  cat  head  tail  wc  grep  sort  uniq  tr  cut  sed  cp  mv  rm  mkdir  rmdir  touch  chmod  tee
Processes   ps  pgrep  kill  pkill  sleep  jobs  fg  bg  wait
Shell       cd  pwd  echo  export  env  set  unset  history  type  which  source  read  test  exit  clear  help

&  ;  &&  ||  |  >  >>  <  2>&1  * ? [a-z]  $NAME  $?  $(command)  if  for  while  case  name() { }

^C interrupts, ^Z stops (then fg or bg), ^D ends. Up and down go through the history, Tab completes,
Shift+Tab leaves the terminal.
`;
