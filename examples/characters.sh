#!/usr/bin/env bash
# Learns to foretell the characters of a public text online, measures what was learned on its last tenth, and prints
# samples. The text is Debian's package `fortunes` (2.4 MB in 40 files); it is fetched to results/texts/, needs no root,
# and is no part of this repository. Another text of yours: examples/characters.sh my.txt
#
#   examples/characters.sh [text] [steps]        default: fortunes, 200,000 steps (some minutes)
set -euo pipefail
fortunes=results/texts/fortunes.txt
text=${1:-$fortunes}
steps=${2:-200000}
agent_state() { node "$(dirname "$0")/../dist/src/cli/main.js" "$@"; }

fetch() {
  local folder
  folder=$(mktemp -d)
  trap 'rm -rf "$folder"' RETURN
  echo "fetching the Debian package fortunes ..." >&2
  (cd "$folder" && apt-get download -q fortunes >/dev/null 2>&1) || {
    echo "Cannot fetch the package fortunes: apt-get download failed; run apt-get update, or name a text of yours" >&2
    exit 1
  }
  dpkg-deb -x "$folder"/fortunes_*.deb "$folder"
  mkdir -p "$(dirname "$text")"
  # Beside each text lie an index (.dat) and a link for UTF-8 (.u8).
  find "$folder/usr/share/games/fortunes" -type f ! -name '*.dat' ! -name '*.u8' -print0 |
    LC_ALL=C sort -z | xargs -0 cat >"$text"
}

[[ -e $text || $text != "$fortunes" ]] || fetch

world=(--env text --set "env.path=$text" --set env.atLeast=20)
told=$(agent_state run --agent snap-characters "${world[@]}" --set agent.cell.units=64 --steps "$steps" --json)
run=$(node -e 'console.log(JSON.parse(require("fs").readFileSync(0, "utf8"))[0].folder)' <<<"$told")
agent_state run --agent snap-characters "${world[@]}" --set agent.cell.units=64 --steps "$((steps / 10))" \
  --set env.part=held-out --load "$run" --no-learn
agent_state sample "$run" --prompt 'The ' --temperature 0.7
