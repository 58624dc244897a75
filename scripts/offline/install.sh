#!/bin/sh
# Install the toolkit for one user, without network and without rights of an administrator.
#   sh install.sh [FOLDER]      default: ~/.local/share/ledger, with the command in ~/.local/bin and 台账 in the menu of programs
#   PYTHON=/path/python3.11 sh install.sh
set -eu

here=$(cd "$(dirname "$0")" && pwd)
home=${1:-${HOME}/.local/share/ledger}
machine=@MACHINE@

stop() {
    printf '× %s\n' "$@" >&2
    exit 1
}

[ "$(uname -s) $(uname -m)" = "Linux $machine" ] ||
    stop "这个文件夹用于 Linux $machine，这台电脑是 $(uname -s) $(uname -m)。请换另一个压缩包。" "This folder is for Linux $machine."

glibc=$(getconf GNU_LIBC_VERSION 2>/dev/null | sed 's/^glibc 2\.//; s/[^0-9].*//') || glibc=
[ "${glibc:-0}" -ge @GLIBC@ ] ||
    stop "系统太旧：要 glibc 2.@GLIBC@ 或更新（统信 UOS 20，银河麒麟 V10 SP1 及以后）。" "glibc 2.@GLIBC@ or newer is needed."

if command -v sha256sum >/dev/null 2>&1; then
    (cd "$here" && sha256sum --quiet -c MANIFEST.txt) ||
        stop "有文件与清单不符，可能没有复制完整。请重新复制压缩包，再解压。" "Files differ from MANIFEST.txt; copy the zip again."
fi

# A Python of the right version: the one named, the one brought along, one on this machine.
is_right() {
    [ "$("$1" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null)" = "@PYTHON@" ]
}
brought=$home/python/bin/python3
if [ -z "${PYTHON:-}" ] && [ -f "$here/@RUNTIME@" ]; then
    (cd "$here" && echo "@SHA256@  @RUNTIME@" | sha256sum --quiet -c -) ||
        stop "@RUNTIME@ 与登记的不符，没有使用。请重新下载。" "@RUNTIME@ is not the file it should be."
    mkdir -p "$home"
    tar -xzf "$here/@RUNTIME@" -C "$home"
fi
found=
for one in "${PYTHON:-}" "$brought" python@PYTHON@ python3; do
    if [ -n "$one" ] && is_right "$one"; then
        found=$one
        break
    fi
done
[ -n "$found" ] ||
    stop "没有找到 Python @PYTHON@（系统自带的 3.7、3.8 不行）。请把 @RUNTIME@ 放进本文件夹后再装，" \
         "或写明它在哪里：PYTHON=/路径/python@PYTHON@ sh install.sh" "Python @PYTHON@ was not found."

# pip runs from its own wheel: many systems part it from Python. Nothing of this user's settings is read.
"$found" -m venv --without-pip --clear "$home/env"
for pip in "$here"/wheels/pip-*.whl; do
    "$home/env/bin/python" "$pip/pip" --isolated install --quiet --no-index --no-cache-dir --disable-pip-version-check \
        --find-links "$here/wheels" "ledger-toolkit==@VERSION@"
done

if [ "$home" = "${HOME}/.local/share/ledger" ]; then
    mkdir -p "${HOME}/.local/bin"
    ln -sf "$home/env/bin/ledger" "${HOME}/.local/bin/ledger"
    mkdir -p "${HOME}/.local/share/applications"
    printf '[Desktop Entry]\nType=Application\nName=台账\nName[en]=Ledger\nTerminal=true\nExec="%s" menu %%F\n' "$home/env/bin/ledger" \
        >"${HOME}/.local/share/applications/ledger.desktop"
fi
"$home/env/bin/ledger" --version >/dev/null
printf '√ 已装好：%s\n  试一试：%s menu\n' "$home" "$home/env/bin/ledger"
