#!/usr/bin/env bash
# Counts instructions under callgrind: the same on every run, so a merge can be judged by them.
#
#   bash benches/icount.sh            compares with benches/icount.txt: 2 % more fails
#   BLESS=1 bash benches/icount.sh    writes that file
#
# In any case, 4 times as many hostile bytes may take 4.5 times as many instructions at most. The figures hold for one
# compiler, one C library and one kind of processor, which stand in the first line of the file; elsewhere only the
# growth is judged. Needs valgrind.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

command -v valgrind >/dev/null || { echo "icount.sh needs valgrind" >&2; exit 1; }
cargo build --quiet --profile bench -p mailwire-benches --example icount
export ICOUNT=${CARGO_TARGET_DIR:-target}/release/examples/icount
scratch=$(mktemp -d)
trap 'rm -r "$scratch"' EXIT

processor=$(uname -m)
if grep -qw avx2 /proc/cpuinfo; then processor+=" with avx2"; fi
machine="# $(rustc -V), $(getconf GNU_LIBC_VERSION || echo "another C library"), $processor"

# Prints the name of a workload and what it took.
count_one() {
  local said
  said=$(valgrind --tool=callgrind --callgrind-out-file=/dev/null --toggle-collect='icount::measured*' "$ICOUNT" "$1" 2>&1) ||
    { echo "$1: $said" >&2; return 255; }
  sed -n "s|^.*Collected : |$1 |p" <<<"$said"
}
export -f count_one
"$ICOUNT" >"$scratch/names"
xargs -P "$(nproc)" -I{} bash -c 'count_one "$1"' _ {} <"$scratch/names" >"$scratch/unsorted"
# In the order in which the workloads are listed.
awk 'NR == FNR { count[$1] = $2; next } { print $1, count[$1] }' "$scratch/unsorted" "$scratch/names" >"$scratch/counts"

# A count of nothing means that nothing was counted.
awk '$2 < 100 { print "not counted: " $1; bad = 1 } END { exit bad }' "$scratch/counts"

failed=0
awk '
  { base = $1; sub(/\/4?n$/, "", base) }
  $1 ~ /\/n$/ { small[base] = $2 }
  $1 ~ /\/4n$/ {
    growth = $2 / small[base]
    if (growth > most) { most = growth; worst = base }
    if (growth > 4.5) { printf "GROWS %s: %.2f times as many instructions for 4n\n", base, growth; bad = 1 }
  }
  END { printf "growth from n to 4n: at most %.2f times, %s\n", most, worst; exit bad }
' "$scratch/counts" || failed=1

committed=benches/icount.txt
if [[ ${BLESS:-} ]]; then
  { echo "$machine"; cat "$scratch/counts"; } >"$committed"
  echo "wrote $committed"
elif [[ $(head -n 1 "$committed") != "$machine" ]]; then
  echo "not compared: the figures are of another machine"
  echo "  there: $(head -n 1 "$committed")"
  echo "  here:  $machine"
else
  awk '
    /^#/ { next }
    NR == FNR { before[$1] = $2; next }
    { seen[$1] = 1 }
    !($1 in before) { print "NEW " $1 ": write it down with BLESS=1"; bad = 1; next }
    {
      change = 100 * ($2 / before[$1] - 1)
      if (change > 2) { printf "MORE %s: %d, was %d (%+.1f %%)\n", $1, $2, before[$1], change; bad = 1 }
      if (change < -2) { printf "less %s: %d, was %d (%+.1f %%)\n", $1, $2, before[$1], change }
    }
    END {
      for (name in before) if (!(name in seen)) { print "GONE " name ": write it down with BLESS=1"; bad = 1 }
      exit bad
    }
  ' "$committed" "$scratch/counts" || failed=1
fi
echo "$(wc -l <"$scratch/counts") workloads counted"
exit $failed
