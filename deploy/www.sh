#!/bin/sh
# Builds the site and lays it out for nginx: sh deploy/www.sh DIR
#   DIR/www         the folder to serve, with the site at the path that site_url has
#   DIR/site.conf   what deploy/nginx.conf includes
set -eu
out=${1:?deploy/www.sh: say where to, such as sh deploy/www.sh /tmp/papers}
cd "$(dirname "$0")/.."

papershelf build
mkdir -p "$out"
papershelf headers --format nginx --out "$out/site.conf"
base=$(sed -n 's/^# base: //p' "$out/site.conf")
rm -rf "$out/www"
mkdir -p "$out/www$base"
cp -Rp site/. "$out/www$base"
# Compressed once and for all, as well as it goes, and not again for each reader.
find "$out/www" -type f -size +1 \( -name '*.html' -o -name '*.css' -o -name '*.js' \
  -o -name '*.json' -o -name '*.xml' -o -name '*.atom' -o -name '*.svg' -o -name '*.txt' \
  -o -name '*.md' -o -name '*.bib' -o -name '*.ris' \) -exec gzip --keep --force --best --no-name {} +
echo "Laid out in $out: www/ and site.conf"
