#!/bin/sh
# Firefox, as Playwright's browser of WebDriver BiDi: $FIREFOX, behind firefox-bridge.ts.
# It leaves the processor to those who measure, as beside-browser.sh does.
{ echo 7 >/proc/self/autogroup; } 2>/dev/null
exec nice -n 7 node "$(dirname "$0")/firefox-bridge.ts" "$@"
