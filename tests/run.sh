#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Installs what is missing (Debian 12, as root or through sudo), builds and runs the tests.
#
#   tests/run.sh          the quick suite: a quarter of an hour, what CI runs
#   tests/run.sh full     more random inputs, longer fuzzing, valgrind over everything
#   tests/run.sh cover    line and branch coverage of lib/, which must reach 97 % and 90 %
#
# Build folders: build-test, build-asan, build-tsan, build-fuzz, build-cover.
set -euo pipefail
cd "$(dirname "$0")/.."
export LC_ALL=C.UTF-8
# Debian's Python runs Meson; another python3 may come first on PATH.
export PATH="/usr/bin:/bin:/usr/sbin:/sbin:$PATH"

packages=(
    abigail-tools build-essential clang clang-format clang-tidy cppcheck g++ gcovr git libclang-rt-14-dev
    check libmd-dev libpcre2-dev libsimdjson-dev libsqlite3-dev libvectorscan-dev libyaml-dev
    man-db mandoc meson ninja-build
    pkg-config procps python3 python3-clang-14 tzdata valgrind
    swig mypy python3-dev python3-venv ruby ruby-dev ruby-minitest
)

say() {
    printf '\n== %s\n' "$*"
}

# configure FOLDER OPTION...: makes a build folder, or brings it up to date
configure() {
    local folder=$1
    shift
    if [ -e "$folder/build.ninja" ]; then
        meson configure "$folder" "$@"
    else
        meson setup "$folder" --werror "$@"
    fi
}

plain() {
    say "release build, all tests"
    configure build-test -Dbuildtype=release
    meson test -C build-test -v "$@"
}

sanitized() {
    say "the same under ASan and UBSan"
    configure build-asan -Dbuildtype=debugoptimized -Db_sanitize=address,undefined -Db_lundef=false
    UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1 ASAN_OPTIONS=detect_stack_use_after_return=1 \
        meson test -C build-asan --suite unit --suite cases --suite cli --suite python --suite ruby \
        --print-errorlogs "$@"
}

threaded() {
    say "many threads on one policy, under TSan"
    configure build-tsan -Dbuildtype=debugoptimized -Db_sanitize=thread -Db_lundef=false
    TSAN_OPTIONS=halt_on_error=1 meson test -C build-tsan --suite threads --print-errorlogs
}

fuzzed() {
    say "fuzzing for $1 seconds a target"
    # What guides a fuzzer are branches of the library.
    CC=clang CXX=clang++ configure build-fuzz -Dbuildtype=debugoptimized \
        -Db_sanitize=address,undefined -Db_lundef=false \
        -Dc_args=-fsanitize=fuzzer-no-link -Dcpp_args=-fsanitize=fuzzer-no-link
    OFP_FUZZ_SECONDS=$1 meson test -C build-fuzz --suite fuzz --print-errorlogs
}

valgrinded() {
    say "unit tests under valgrind"
    meson test -C build-test --suite unit --timeout-multiplier 10 --print-errorlogs "$@" \
        --wrapper 'valgrind -q --leak-check=full --errors-for-leak-kinds=definite,indirect --error-exitcode=9'
}

linted() {
    say "clang-format, cppcheck, clang-tidy"
    tests/lint.sh build-test
}

cover() {
    # Threads count the same lines at once.
    configure build-cover -Dbuildtype=debug -Db_coverage=true \
        -Dc_args=-fprofile-update=atomic -Dcpp_args=-fprofile-update=atomic
    meson test -C build-cover --no-suite full --no-suite fuzz --no-suite bench-smoke
    # tests/coverage.md lists what is left.
    gcovr -r . build-cover --filter 'lib/' --exclude-throw-branches --print-summary \
        --fail-under-line 97 --fail-under-branch 90
}

examples/install.sh "${packages[@]}"
case ${1:-quick} in
quick)
    plain --no-suite fuzz --no-suite full
    sanitized
    threaded
    fuzzed 15
    valgrinded --no-suite slow
    linted
    ;;
full)
    export OFP_TEST_SIZE=full
    plain --no-suite fuzz
    sanitized
    threaded
    fuzzed 450 # eight targets: an hour
    valgrinded
    linted
    ;;
cover)
    cover
    ;;
*)
    sed -n 's/^# \{0,1\}//; 3,9p' "$0"
    exit 2
    ;;
esac
say "all passed"
