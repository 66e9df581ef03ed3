#!/bin/sh
# Makes the fonts of this folder anew from Debian's fonts-noto-core and fonts-noto-cjk, with the letters of all phrases and
# built-in packs. It needs python3-fonttools. Run it here after new letters stand in charts: a test says so.
set -e
noto=/usr/share/fonts
letters=$(mktemp)
cat ../../phrase/*/*.yaml | cat - $(find ../../../content/packs -name '*.yaml') | grep -o . | LC_ALL=C sort -u | grep -vP '[\x00-\x7f]' | tr -d '\n' > "$letters"
printf ' 、。，：；！？（）《》' >> "$letters"
subset() { /usr/bin/python3 -m fontTools.subset "$@" --no-hinting --name-IDs='0,1,2,13,14'; }
subset $noto/opentype/noto/NotoSansCJK-Regular.ttc --font-number=2 --text-file="$letters" --layout-features='' --output-file=NotoSansCJKsc-subset.otf
subset $noto/truetype/noto/NotoSans-Regular.ttf --unicodes='U+0020-007E,U+00A0-017F,U+2010-2027,U+2030,U+2212' \
	--layout-features='kern,mark,ccmp,locl' --output-file=NotoSans-subset.ttf
subset $noto/truetype/noto/NotoSansArabic-Regular.ttf --unicodes='U+0020,U+0025,U+0028-0029,U+002E-002F,U+003A,U+060C,U+061B,U+061F,U+0621-066D,U+0670,U+067E,U+0686,U+06A9,U+06AF,U+06CC,U+200C-200F,U+2010-2015' \
	--output-file=NotoSansArabic-subset.ttf
rm "$letters"
