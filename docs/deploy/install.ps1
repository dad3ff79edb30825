# Installs thidua on Windows for all users: run from an unpacked release zip, in a PowerShell opened
# "as administrator":  powershell -ExecutionPolicy Bypass -File install.ps1
# Nothing is started; it ends by saying what comes next.
param(
  [string]$Program = "$env:ProgramFiles\thidua",
  [string]$Data = "$env:ProgramData\thidua"
)
$ErrorActionPreference = 'Stop'
$here = Split-Path -Parent $MyInvocation.MyCommand.Path
New-Item -ItemType Directory -Force -Path $Program, $Data | Out-Null
Copy-Item -Force -Path (Join-Path $here 'thidua.exe') -Destination $Program

# The data are about people: administrators, the system and whoever installs, nobody else.
$who = [System.Security.Principal.WindowsIdentity]::GetCurrent().User.Value
& icacls $Data /inheritance:r /grant '*S-1-5-18:(OI)(CI)F' '*S-1-5-32-544:(OI)(CI)F' "*${who}:(OI)(CI)F" | Out-Null
if ($LASTEXITCODE -ne 0) { throw "icacls: $LASTEXITCODE" }

$path = [Environment]::GetEnvironmentVariable('Path', 'Machine')
if (($path -split ';') -notcontains $Program) {
  [Environment]::SetEnvironmentVariable('Path', "$path;$Program", 'Machine')
}
& (Join-Path $Program 'thidua.exe') version
Write-Host ""
Write-Host "Next, in a new window:"
Write-Host "  cd `"$Data`""
Write-Host "  thidua init"
