#!/usr/bin/env bash
# Runs build.cake with the Cake version that .config/dotnet-tools.json pins, for example: ./build.sh --target=Test
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

if ! command -v dotnet >/dev/null; then
    echo "build.sh: the .NET SDK is needed (global.json names the version): https://dotnet.microsoft.com/download" >&2
    exit 1
fi

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
# Cake writes colours into pipes and files too, unless told not to.
[ -t 1 ] || export NO_COLOR=1

if ! restored=$(dotnet tool restore 2>&1); then
    echo "$restored" >&2
    exit 1
fi

exec dotnet cake build.cake "$@"
