@echo off
rem Letters of ASCII only: cmd reads this file in the code page of the machine (936, 65001, 1252 ...).
rem What people read is written by Python, which asks no code page.
setlocal DisableDelayedExpansion
set "LEDGER_HERE=%~dp0"
rem What was dropped on this file stands in the command line of cmd. Explorer puts no quotes round a name with "&",
rem so the line goes to Python whole; between ! and ! nothing in it is obeyed.
setlocal EnableDelayedExpansion
set "LEDGER_DROPPED=!cmdcmdline!"
if not exist "!LEDGER_HERE!python\python.exe" (
  echo python\python.exe is missing: unpack the whole zip first, then start the file in the new folder.
  pause
  exit
)
"!LEDGER_HERE!python\python.exe" -X utf8 -m toolkit menu
rem Not "exit /b": cmd would go on with what stands behind an "&" in a dropped name.
exit
