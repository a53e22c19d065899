#!/bin/sh
# Firefox, as Playwright's browser of WebDriver BiDi: $FIREFOX, behind firefox-bridge.ts.
exec node "$(dirname "$0")/firefox-bridge.ts" "$@"
