#!/usr/bin/env bash
# Runs on a machine with an NVIDIA driver and cuBLAS, and no .NET: what is there, all tests on the GPU, then the performance cases.
#
#   ./run.sh [FOLDER]     FOLDER: where info.txt, tests.txt and perf.json go; results without it
#
# FASTNETS_TESTS=0 leaves the tests out, FASTNETS_PERF=0 the performance cases, FASTNETS_CASES=SUBSTRING all cases but some,
# FASTNETS_SANITIZER=1 runs the tests once more under compute-sanitizer where that is installed. FASTNETS_SHARED names the folder of reference
# data; without it the tests that need it are skipped.
set -uo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
out=${1:-$here/results}
mkdir -p "$out"
out=$(cd "$out" && pwd)
export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
status=0

"$here/app/FastNets.Cli" info | tee "$out/info.txt"
nvidia-smi --query-gpu=name,driver_version,memory.total,clocks.max.sm --format=csv >> "$out/info.txt" 2>/dev/null || true

if [ "${FASTNETS_TESTS:-1}" = 1 ]; then
    "$here/app/FastNets.Engine.Cuda.Tests" --no-progress --no-ansi 2>&1 | tee "$out/tests.txt" || status=1
fi

if [ "${FASTNETS_SANITIZER:-0}" = 1 ]; then
    if command -v compute-sanitizer > /dev/null; then
        # The tests of operations launch every kernel once and more; those of training would take hours here.
        compute-sanitizer --error-exitcode 9 "$here/app/FastNets.Engine.Cuda.Tests" --filter "FullyQualifiedName~Operations" 2>&1 | tee "$out/sanitizer.txt" || status=1
    else
        echo "compute-sanitizer is not installed." | tee "$out/sanitizer.txt"
    fi
fi

if [ "${FASTNETS_PERF:-1}" = 1 ]; then
    "$here/app/FastNets.Perf" --device=cuda --rounds=5 --cases="${FASTNETS_CASES:-/}" --json="$out/perf.json" 2> "$out/perf.log" | tee "$out/perf.jsonl" || status=1
fi

exit $status
