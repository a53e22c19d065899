/** What `help` prints. */
export const helpText = `A small shell. Each program is a process of its own, with signals and jobs as on Linux.

Python      python  flask  gunicorn  waitress-serve  pip
Web         curl  jq  ab  hey  wrk
Files       nano  ls  cat  head  tail  wc  find  diff  du  df  tar  gzip  cp  mv  rm  mkdir  rmdir  touch  chmod
Text        grep  sed  awk  sort  uniq  tr  cut  column  tee  xargs
Processes   ps  top  pgrep  pkill  pidof  kill  killall  sleep  jobs  fg  bg  wait  nohup  timeout  watch  time
Ports       ss  lsof  netstat  fuser
Shell       cd  pwd  echo  export  env  set  unset  history  type  which  source  read  test  trap  exit  clear

&  ;  &&  ||  |  >  >>  <  2>&1  * ? [a-z]  $NAME  $?  $(command)  if  for  while  case  name() { }

^C interrupts, ^Z stops (then fg or bg), ^D ends. Up and down go through the history, ^R searches it, Tab completes,
Shift+Tab leaves the terminal. man NAME prints a page about a command.
`;
