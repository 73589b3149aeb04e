#!/bin/sh
# SPDX-License-Identifier: MIT
# Compiles zone data. Usage: compile.sh ZIC fat|slim TZDATA.ZI FOLDER STAMP
# The folder then holds TZDATA.ZI too, by which its version is known.
set -eu
zic=$1 form=$2 source=$3 folder=$4 stamp=$5
rm -rf "$folder"
mkdir -p "$folder"
"$zic" -b "$form" -d "$folder" "$source"
cp "$source" "$folder/tzdata.zi"
: >"$stamp"
