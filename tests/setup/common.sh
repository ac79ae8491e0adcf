# shellcheck shell=bash
# Functions that the set-up scripts share; sourced, never run.

note() { printf '%s: %s\n' "${0##*/}" "$*" >&2; }

fail() {
  note "$*"
  exit 1
}

pygloss_cache() {
  printf '%s\n' "${PYGLOSS_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/pygloss}"
}

# Whether all of these programs are on PATH.
has() {
  local program
  for program in "$@"; do
    command -v "$program" >/dev/null || return 1
  done
}

require() {
  has "$@" || fail "needs $*, not all of which are on PATH"
}

# Installs the Debian packages that are missing; asks for root only then.
apt_install() {
  local package missing=()
  for package in "$@"; do
    [[ $(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) == installed ]] ||
      missing+=("$package")
  done
  [[ ${#missing[@]} -gt 0 ]] || return 0
  [[ $(id -u) == 0 ]] || fail "as root: apt-get install ${missing[*]}"
  note "installing ${missing[*]}"
  local log
  log=$(mktemp)
  if ! {
    apt-get -q -o DPkg::Lock::Timeout=300 update &&
      DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=300 \
        install --no-install-recommends "${missing[@]}"
  } >"$log" 2>&1; then
    tail -n 30 "$log" >&2
    fail "could not install ${missing[*]} (log: $log)"
  fi
  rm -f "$log"
}
