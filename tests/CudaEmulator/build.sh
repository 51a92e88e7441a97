#!/usr/bin/env bash
# Builds the emulated driver and cuBLAS:
#
#     build.sh OUTDIR [KERNELS.cu ...]
#
# writes OUTDIR/libcuda.so.1 and OUTDIR/libcublas.so.12. Without a list of kernel files, all of native/cuda are linked in. Only what changed is
# compiled again. CXX chooses the compiler (g++, clang++), SANITIZE=1 adds the address and undefined behaviour sanitizers, JOBS limits how many
# files are compiled at a time, CXXFLAGS adds options.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
if [ $# -lt 1 ]; then
    echo "usage: build.sh OUTDIR [KERNELS.cu ...]" >&2
    exit 2
fi

mkdir -p "$1"
out=$(cd "$1" && pwd)
shift
if [ $# -gt 0 ]; then kernels=("$@"); else kernels=("$root"/native/cuda/*.cu); fi

cxx=${CXX:-g++}
jobs=${JOBS:-$(nproc)}

# A multiplication and an addition contract only where the code says so, as on the GPU: products of cuBLAS are left to themselves.
common=(-std=c++17 -O2 -g1 -fPIC -pthread -fvisibility=hidden -fno-math-errno -Wall -Wextra)
if [ "$(uname -m)" = x86_64 ]; then
    flags=" $(grep -m1 '^flags' /proc/cpuinfo) "
    if [[ $flags == *" avx2 "* && $flags == *" fma "* && $flags == *" bmi2 "* ]]; then
        common+=(-march=x86-64-v3)
    else
        common+=(-march=x86-64-v2)
        if [[ $flags == *" fma "* ]]; then common+=(-mfma); fi
    fi
fi

# The sanitizers' functions come with the program.
complete=(-Wl,-z,defs)
if [ "${SANITIZE:-0}" = 1 ]; then
    common+=(-fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer)
    complete=()
fi

if [ -n "${CXXFLAGS:-}" ]; then read -r -a more <<< "$CXXFLAGS" && common+=("${more[@]}"); fi
exact=(-ffp-contract=off)
free=(-ffp-contract=fast -O3)
# Kernels look at the same shared memory as different types.
kernel=(-x c++ -DFN_EMULATE -I "$here" -fno-strict-aliasing -Wno-unknown-pragmas)

exec 9> "$out/lock"
flock 9

objects=$out/objects
mkdir -p "$objects"
identity="$("$cxx" --version | head -n 1) ${common[*]}"
if [ ! -f "$objects/identity" ] || [ "$(< "$objects/identity")" != "$identity" ]; then
    rm -f "$objects"/*
    printf '%s' "$identity" > "$objects/identity"
fi

# An object is up to date if it is newer than all files that it was made of.
is_current() {
    local object=$1 parts part
    [ -f "$object" ] && [ -f "$object.d" ] || return 1
    read -r -d '' parts < "$object.d" || true
    parts=${parts#*:}
    for part in ${parts//\\/} "$here/build.sh"; do
        if [ ! -f "$part" ] || [ "$part" -nt "$object" ]; then return 1; fi
    done
}

running=()
failed=0
changed=0
wait_for_one() {
    wait "${running[0]}" || failed=1
    running=("${running[@]:1}")
}

compile() {
    local source=$1 object=$2
    shift 2
    if is_current "$object"; then return; fi
    changed=1
    if [ "${#running[@]}" -ge "$jobs" ]; then wait_for_one; fi
    (
        exec 9>&-
        rm -f "$object"
        # As old as the start of its compilation: what is edited meanwhile is compiled again.
        : > "$object.start"
        "$cxx" "${common[@]}" "$@" -MMD -MF "$object.new.d" -MT object -c "$source" -o "$object.new"
        touch -r "$object.start" "$object.new"
        rm "$object.start"
        mv "$object.new.d" "$object.d"
        mv "$object.new" "$object"
    ) &
    running+=($!)
}

# The object of a source, as object; programs that find names would cost more than what they find.
name_object() {
    object=${2##*/}
    object=$objects/$1_${object%.*}.o
}

cuda=()
blas=()
kernel_objects=()
for source in "${kernels[@]}"; do
    name_object kernel "$source"
    compile "$source" "$object" "${exact[@]}" "${kernel[@]}"
    kernel_objects+=("$object")
done
while [ "${#running[@]}" -gt 0 ]; do wait_for_one; done
kernels_failed=$failed
failed=0
for source in "$here"/execution/*.cpp "$here"/driver/*.cpp; do
    name_object driver "$source"
    compile "$source" "$object" "${exact[@]}"
    cuda+=("$object")
done
for source in "$here"/cublas/*.cpp; do
    name_object cublas "$source"
    compile "$source" "$object" "${free[@]}"
    blas+=("$object")
done
while [ "${#running[@]}" -gt 0 ]; do wait_for_one; done
if [ "$failed" -ne 0 ]; then
    echo "build.sh: not built" >&2
    exit 1
fi

# The kernels of files that do not compile are left out, so that the others can be worked on; the script fails all the same.
for object in "${kernel_objects[@]}"; do
    if [ -f "$object" ]; then cuda+=("$object"); fi
done

# A library is linked again when an object is new, or when the list of them is another.
link() {
    local library=$1
    shift
    local list="$*"
    if [ "$changed" = 0 ] && [ -f "$out/$library" ] && [ -f "$objects/$library.list" ] && [ "$(< "$objects/$library.list")" = "$list" ]; then return; fi
    "$cxx" "${common[@]}" "${complete[@]}" -shared -Wl,-soname,"$library" "$@" -o "$out/$library.new"
    mv "$out/$library.new" "$out/$library"
    printf '%s' "$list" > "$objects/$library.list"
}

link libcuda.so.1 "${cuda[@]}"
link libcublas.so.12 "${blas[@]}" "$out/libcuda.so.1" '-Wl,-rpath,$ORIGIN'

if [ "$kernels_failed" -ne 0 ]; then
    echo "build.sh: built without the kernels of the files that do not compile" >&2
    exit 1
fi
