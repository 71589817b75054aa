#!/bin/sh
# Builds the native peers into the folder $1. Without a compiler it says so and succeeds: the peers are then absent.
#   -fno-math-errno: lets sqrt be a vector instruction; it changes no result. -ffast-math is not used.
#   -ffp-contract=off (roofline only): keeps its mul + add apart.
set -u
[ $# -eq 1 ] || { echo "usage: build.sh FOLDER" >&2; exit 2; }
here=$(cd "$(dirname "$0")" && pwd)
compiler=${CXX:-g++}
if ! command -v "$compiler" >/dev/null 2>&1; then
  echo "no compiler ($compiler): the native peers are not built"
  exit 0
fi
mkdir -p "$1" || exit 2

build() { # name, further flags; a peer that does not compile here (no x86, no FMA) is left out
  name=$1
  shift
  if "$compiler" -std=c++17 -O3 -march=native -fno-math-errno "$@" -o "$out/$name" "$here/$name.cpp" 2>"$out/$name.log"; then
    rm -f "$out/$name.log"
    echo "built $name"
  else
    rm -f "$out/$name"
    echo "$name does not compile on this machine: see $out/$name.log"
  fi
}

out=$1
build columns
build columns-fused
build swift-td
build snap
build roofline -ffp-contract=off
