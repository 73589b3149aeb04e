#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Fuzzes one target for OFP_FUZZ_SECONDS (default 12), starting from its corpus.
# Usage: fuzz.sh TARGET FOLDER... What it finds is left in the current folder; add it to tests/fuzz/corpus.
set -eu
target=$1
shift
grown=$(mktemp -d)
trap 'rm -rf "$grown"' EXIT
"$target" -max_total_time="${OFP_FUZZ_SECONDS:-12}" -timeout=60 -rss_limit_mb=3000 \
    -max_len=65536 -print_final_stats=1 "$grown" "$@" 2>&1 | tail -25
exit "${PIPESTATUS[0]}"
