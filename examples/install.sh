#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Installs those of the named Debian packages that are missing, as root or through sudo; needs no
# network if none is.
#
#   examples/install.sh PACKAGE...
set -euo pipefail
export DEBIAN_FRONTEND=noninteractive

# stop LINE...: ends the script; what can be done about it is the last line
stop() {
    printf '%s\n' '' "$@" >&2
    exit 1
}

command -v dpkg-query >/dev/null ||
    stop 'This script is for Debian 12. Elsewhere install what corresponds to these packages:' \
        "    $*" 'and run: meson setup build && meson compile -C build'

missing=()
for package; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' ||
        missing+=("$package")
done
[ ${#missing[@]} -gt 0 ] || exit 0
printf '\n== installing %s\n' "${missing[*]}"

as_root=()
if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null ||
        stop "Installing needs root. As root, run: apt-get install ${missing[*]}" \
            'Then start this script again.'
    as_root=(sudo)
fi
log=$(mktemp)
trap 'rm -f "$log"' EXIT
{
    "${as_root[@]}" apt-get update &&
        "${as_root[@]}" apt-get install -y --no-install-recommends "${missing[@]}"
} >"$log" 2>&1 || {
    tail -n 20 "$log" >&2
    stop 'Installing failed.' 'Check the network and the disk, then start this script again.'
}
