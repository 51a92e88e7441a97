#!/usr/bin/env bash
# Builds the kernels: native/cuda/*.cu to PTX for compute capability 8.0 (Ampere and later, CUDA 11.0 and later), and the manifest with the hashes of
# what went in and came out. Needs clang 19 (CLANG names another one) and no CUDA toolkit. The bytes depend on the compiler's version
# and the sources only.
#
#   native/cuda/build.sh [FOLDER]     FOLDER: where the PTX goes; native/cuda/ptx, which is committed, without it
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
out=${1:-$here/ptx}
clang=${CLANG:-clang++-19}
command -v "$clang" >/dev/null || { echo "There is no $clang; on Debian: apt-get install --no-install-recommends clang-19" >&2; exit 1; }

mkdir -p "$out"
out=$(cd "$out" && pwd)
cd "$here"
rm -f "$out"/*.ptx
flags=(
    -x cuda --cuda-device-only --cuda-gpu-arch=sm_80 --cuda-feature=+ptx70 -nocudainc -nocudalib
    -std=c++17 -O3 -Wall -Wextra -Werror
    -ffp-contract=off # the sources say where products and sums are fused, so that the processor can do the same
)
for source in *.cu; do "$clang" "${flags[@]}" -S "$source" -o "$out/${source%.cu}.ptx"; done

{
    echo "# Written by build.sh: SHA-256 of the sources, then of the PTX made of them."
    sha256sum common/*.cuh ./*.cu | sed 's#\./##'
    (cd "$out" && sha256sum ./*.ptx | sed 's#\./##')
} > "$out/manifest.txt"
