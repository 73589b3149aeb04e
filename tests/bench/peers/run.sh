#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Installs the peers (Debian 12 as root or through sudo, and npm), builds, and runs run.py, which
# writes the tables of doc/benchmarks.md. Takes about ten minutes.
#
#   tests/bench/peers/run.sh [BUILD_FOLDER]        default: build-peers
set -euo pipefail
cd "$(dirname "$0")/../../.."
export LC_ALL=C.UTF-8 PATH="/usr/bin:/bin:/usr/sbin:/sbin:$PATH"
build=${1:-build-peers}

packages=(
    build-essential check g++ libmd-dev libpcre2-dev libsimdjson-dev libsqlite3-dev libyaml-dev meson
    ninja-build pkg-config python3-dev swig tzdata
    libbusiness-hours-perl libclips-dev libvectorscan-dev lua-cjson luajit perl
)
# Elsewhere than in Debian, Node brings its own npm.
command -v npm >/dev/null || packages+=(nodejs npm)
examples/install.sh "${packages[@]}"

[ -e "$build/build.ninja" ] || meson setup "$build" -Dbuildtype=release
meson compile -C "$build"
meson compile -C "$build" peers
mkdir -p "$build/peers"
cp tests/bench/peers/package.json "$build/peers"
npm install --prefix "$build/peers" --no-audit --no-fund

exec python3 tests/bench/peers/run.py "$build"
