#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# The surface of our own code: clang-format, cppcheck, clang-tidy. Usage: lint.sh BUILD_FOLDER
set -eu
cd "$(dirname "$0")/.."
build=$1

mapfile -t all < <(git ls-files --cached --others --exclude-standard '*.c' '*.h' '*.cpp')
mapfile -t own < <(git ls-files --cached --others --exclude-standard 'lib/*.c' 'bindings/*.c')

clang-format --dry-run -Werror "${all[@]}"
echo "clang-format: ${#all[@]} files"
cppcheck --quiet --std=c11 --enable=warning,performance,portability --inline-suppr \
    --error-exitcode=1 --suppress=missingIncludeSystem --suppress=normalCheckLevelMaxBranches \
    -D__GNUC__ -Iinclude -I"$build/include" lib bindings
echo "cppcheck: lib, bindings"
printf '%s\0' "${own[@]}" | xargs -0 -P "$(nproc)" -n 8 clang-tidy --quiet -p "$build" 2>&1 |
    { grep -v -e 'warnings\? generated' -e '^$' || true; } | { ! grep . ; }
echo "clang-tidy: ${#own[@]} files"
