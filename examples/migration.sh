#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Plays a migration from the first ticket to its completion, on a real store in a temporary folder,
# and shows each command and what it prints. doc/migrations.md explains them.
#
#   examples/migration.sh [FOLDER]
#
# With FOLDER, which is made, the files stay there. OFFERPOLICY is the command's file, if it is neither
# installed nor in build/.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
OFFERPOLICY=${OFFERPOLICY:-$(command -v offerpolicy || echo "$here/../build/bindings/cli/offerpolicy")}
OFFERPOLICY=$(realpath -m "$OFFERPOLICY")
export OFFERPOLICY
if [ ! -x "$OFFERPOLICY" ]; then
    echo 'There is no command offerpolicy here. examples/try.sh builds it.' >&2
    exit 1
fi

if [ $# -gt 0 ]; then
    folder=$1
    mkdir "$folder"
else
    folder=$(mktemp -d)
    trap 'rm -rf "$folder"' EXIT
fi
cd "$folder"
export OFFERPOLICY_STORE=support.db

say() {
    printf '\n== %s\n' "$@"
}

# show COMMAND...: prints a command as somebody would type it
show() {
    local line='$' word
    printf '\n'
    for word; do
        [[ $word =~ ^[[:alnum:]./:+=_-]+$ ]] || word="'$word'"
        if [[ $word == --* && ${#line} -gt 72 ]]; then
            printf '%s \\\n' "$line"
            line='   '
        fi
        line+=" $word"
    done
    printf '%s\n' "$line"
}

# run ARGUMENT...
run() {
    show offerpolicy "$@"
    "$OFFERPOLICY" "$@"
}

# refused ARGUMENT...: what the policy does not allow
refused() {
    show offerpolicy "$@"
    ! "$OFFERPOLICY" "$@" 2>&1 || exit 1
}

# deliver INSTANT: the host does what waits for it, in the help desk, which is desk.json
deliver() {
    show deliver.py support.db desk.json "$1"
    "$here/deliver.py" support.db desk.json "$1"
}

# ticket ID INSTANT TAGS SUBJECT: what the help desk and the sales system know when a ticket comes in
ticket() {
    cat >ticket.json <<END
{"now": "$2",
 "ticket": {"id": "$1", "subject": "$4", "priority": "high", "created_at": "$2", "tags": [$3]},
 "org": {"id": "acme", "name": "Acme Rockets", "tags": [$3]},
 "entitlements": [{"offering": "self_managed", "level": "premium", "starts": "2026-01-15", "ends": "2027-03-14"}]}
END
    show cat ticket.json
    cat ticket.json
}

first_ticket() {
    say 'Fri 20 Nov 2026: Acme pays for Self-managed, and asks about the Cloud'
    cat >desk.json <<'END'
{"orgs": {"acme": {"tags": ["self_managed_premium"], "notes": "Their time is UTC+1.\n",
  "entitlements": [{"offering": "self_managed", "level": "premium", "starts": "2026-01-15", "ends": "2027-03-14"}]}}}
END
    show export OFFERPOLICY_STORE=support.db
    run store create
    ticket 4711 2026-11-20T18:00:00Z '"self_managed_premium"' 'Import into the cloud fails'
    run explain ticket.json
}

promise() {
    say 'They have ordered the Cloud: Dana, an engineer, asks for support until the end of the year'
    run migration request --at 2026-11-20T18:30:00Z --actor dana --owner dana --org acme \
        --from self_managed --to cloud --level premium --target-date 2026-12-31 \
        --reason 'Order 8812 is signed; they move in December' --facts ticket.json
    deliver 2026-11-20T18:31:00Z

    say 'She may not approve it; Mira, her manager, may'
    refused migration approve M-1 --at 2026-11-20T19:00:00Z --actor dana --role support_engineer
    run migration approve M-1 --at 2026-11-20T19:10:00Z --actor mira --role support_manager
    deliver 2026-11-20T19:11:00Z
}

second_ticket() {
    say 'Wed 25 Nov: the next ticket has both tags of its org'
    ticket 4712 2026-11-25T09:00:00Z '"self_managed_premium", "cloud_premium"' 'Users are missing in the cloud'
    run explain ticket.json
}

reminder_and_extension() {
    say 'Thu 17 Dec: two weeks are left, and cron runs the sweep'
    run expire --at 2026-12-17T00:05:00Z
    deliver 2026-12-17T00:06:00Z

    say 'Fri 18 Dec: they need another month'
    run migration extend M-1 --at 2026-12-18T10:00:00Z --target-date 2027-01-31 --actor mira \
        --role support_manager --reason 'Their data centre closes late in January'
    deliver 2026-12-18T10:01:00Z
}

completion() {
    say 'Mon 18 Jan 2027: their contract for the Cloud has started'
    cat >bought.json <<'END'
{"org": {"id": "acme", "name": "Acme Rockets"},
 "entitlements": [{"offering": "self_managed", "level": "premium", "starts": "2026-01-15", "ends": "2027-03-14"},
                  {"offering": "cloud", "level": "premium", "starts": "2027-01-18"}]}
END
    run migration complete M-1 --at 2027-01-18T09:00:00Z --actor dana --outcome reached --facts bought.json
    deliver 2027-01-18T09:01:00Z

    say 'Mon 15 Mar: the old contract has ended, and its tag goes'
    deliver 2027-03-15T00:01:00Z
}

history() {
    say 'Years later: who promised what, when, and why?'
    run audit show --migration M-1
    run audit verify
    run store backup backup.db
    run store check -s backup.db
}

first_ticket
promise
second_ticket
reminder_and_extension
completion
history
