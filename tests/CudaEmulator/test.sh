#!/usr/bin/env bash
# Builds the emulator with its own toy kernels, and tests it: test.sh [OUTDIR] [WORD]
# CXX and SANITIZE as for build.sh; WORD runs only the tests whose names hold it.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
out=${1:-${TMPDIR:-/tmp}/fastnets-emulator-self-test-$(id -u)}
"$here/build.sh" "$out" "$here"/self_test/toys/*.cu

cxx=${CXX:-g++}
flags=(-std=c++17 -O0 -g -Wall -Wextra -pthread)
if [ "${SANITIZE:-0}" = 1 ]; then
    flags+=(-fsanitize=address,undefined -fno-sanitize-recover=undefined)
    export ASAN_OPTIONS=detect_stack_use_after_return=0
fi

mkdir -p "$out/self_test_objects"
printf '%s\0' "$here"/self_test/*.cpp | xargs -0 -P "${JOBS:-$(nproc)}" -I {} sh -c 'out=$1; source=$2; shift 2; "$@" -c "$source" -o "$out/$(basename "$source").o"' \
    sh "$out/self_test_objects" {} "$cxx" "${flags[@]}"
"$cxx" "${flags[@]}" "$out"/self_test_objects/*.o -ldl -o "$out/self_test"
"$out/self_test" "$out" "${@:2}"
