#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# From a fresh clone to decided tickets: installs what is missing (Debian 12, as root or through
# sudo), builds the offerpolicy command in build/, and decides the example tickets with it. A second
# run only builds what has changed and needs no network.
#
#   examples/try.sh
set -euo pipefail
cd "$(dirname "$0")/.."
export LC_ALL=C.UTF-8
# Debian's Python runs Meson; another python3 may come first on PATH.
export PATH="/usr/bin:/bin:/usr/sbin:/sbin:$PATH"

packages=(
    build-essential libmd-dev libpcre2-dev libsqlite3-dev libsimdjson-dev libyaml-dev meson ninja-build pkg-config
    python3 tzdata
)
log=build/try.log
command=build/bindings/cli/offerpolicy

say() {
    printf '\n== %s\n' "$*"
}

# stop LINE...: ends the script; what can be done about it is the last line
stop() {
    printf '%s\n' '' "$@" >&2
    exit 1
}

# quietly WHAT HINT COMMAND...: runs it, and shows the end of what it said only if it fails
quietly() {
    local what=$1 hint=$2
    shift 2
    "$@" >"$log" 2>&1 && return
    tail -n 20 "$log" >&2
    stop "$what failed; all that was said is in $log." "$hint"
}

build() {
    local hint='After an update of the clone or the system: remove build/, then start this script again.'
    say 'building (the first time this takes a minute)'
    [ -e build/build.ninja ] || quietly 'Setting up the build' "$hint" meson setup build
    quietly 'Building' "$hint" meson compile -C build offerpolicy:executable
}

# A handful in words; all of them as JSON and in words to files.
decide_examples() {
    local requests=examples/requests gitlab=examples/policies/gitlab.yaml
    local decisions=build/example-decisions.ndjson words=build/example-explanations.txt

    say "$requests/ticket.json, by the policy that is built in"
    "$command" explain $requests/ticket.json
    say "the first four tickets of $requests/gitlab.ndjson, by $gitlab"
    head -n 4 $requests/gitlab.ndjson | "$command" explain -p $gitlab

    {
        "$command" decide $requests/ticket.json $requests/default.ndjson
        "$command" decide -p $gitlab $requests/gitlab.ndjson
    } >$decisions
    {
        "$command" explain $requests/ticket.json $requests/default.ndjson
        echo
        "$command" explain -p $gitlab $requests/gitlab.ndjson
    } >$words

    say "all $(wc -l <$decisions) example tickets are decided"
    cat <<EOF
as JSON         $decisions
in words        $words

examples/migration.sh plays a whole migration, from the first ticket to its completion.

Now your own: copy examples/requests/ticket.json and examples/policies/default.yaml, change them, and
  $command check my-policy.yaml
  $command explain -p my-policy.yaml my-ticket.json
'$command --help' and the manual in doc/ tell the rest.
EOF
}

mkdir -p build
examples/install.sh "${packages[@]}"
build
decide_examples
