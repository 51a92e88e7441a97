# Runs build.cake with the Cake version that .config/dotnet-tools.json pins, for example: ./build.ps1 --target=Test
$ErrorActionPreference = 'Stop'
$env:DOTNET_NOLOGO = '1'
$env:DOTNET_CLI_TELEMETRY_OPTOUT = '1'

if (-not (Get-Command dotnet -ErrorAction SilentlyContinue)) {
    Write-Host 'build.ps1: the .NET SDK is needed (global.json names the version): https://dotnet.microsoft.com/download'
    exit 1
}

# Cake writes colours into pipes and files too, unless told not to.
if ([Console]::IsOutputRedirected) { $env:NO_COLOR = '1' }

Push-Location $PSScriptRoot
try {
    $restored = dotnet tool restore
    if ($LASTEXITCODE -ne 0) {
        $restored | Write-Host
        exit $LASTEXITCODE
    }

    dotnet cake build.cake @args
    exit $LASTEXITCODE
}
finally {
    Pop-Location
}
