#!/usr/bin/env bash
# Builds the emulator with its own toy kernels, and tests it: test.sh [OUTDIR] [WORD]
# CXX and SANITIZE as for build.sh; WORD runs only the tests whose names hold it.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
out=${1:-${TMPDIR:-/tmp}/fastnets-emulator-self-test-$(id -u)}
"$here/build.sh" "$out" "$here"/self_test/toys/*.cu

cxx=${CXX:-g++}
flags=(-std=c++17 -O1 -g -Wall -Wextra -pthread)
if [ "${SANITIZE:-0}" = 1 ]; then
    flags+=(-fsanitize=address,undefined -fno-sanitize-recover=undefined)
    export ASAN_OPTIONS=detect_stack_use_after_return=0
fi

"$cxx" "${flags[@]}" "$here"/self_test/*.cpp -ldl -o "$out/self_test"
"$out/self_test" "$out" "${@:2}"
