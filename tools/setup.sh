#!/bin/sh
# Makes the virtual environment that every make target runs in: finds a Python, installs the
# system packages that are missing, then the pinned Python packages and regviz itself.
#
#   sh tools/setup.sh [VENV]        PYTHON=/path/to/python chooses the interpreter
set -eu

venv=${1:-.venv}
cd "$(dirname "$0")/.."

say() { printf 'regviz: %s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }
has() { command -v "$1" >/dev/null 2>&1; }

# --- system packages ------------------------------------------------------------------------

apt_updated=
apt_install() {
    if [ "$(id -u)" = 0 ]; then
        sudo=
    elif has sudo; then
        sudo=sudo
    else
        fail "these packages are missing and sudo is not here; as root, run: apt-get install $*"
    fi
    say "installing system packages: $*"
    # A lock held by the machine's own updater is waited for: new machines run one at boot.
    apt="$sudo env DEBIAN_FRONTEND=noninteractive apt-get -y -q -o DPkg::Lock::Timeout=300"
    if [ -z "$apt_updated" ]; then
        $apt update </dev/null || say "the package lists could not be refreshed; trying with the old ones"
        apt_updated=yes
    fi
    $apt install --no-install-recommends "$@" </dev/null ||
        fail "the system packages could not be installed; install them and run make again: $*"
}

# --- Python ---------------------------------------------------------------------------------

is_new_enough() {
    # Run, not only found: a version manager's shim exists for versions that are not there.
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

find_python() {
    for candidate in python3 python3.14 python3.13 python3.12 python3.11; do
        if is_new_enough "$candidate"; then
            echo "$candidate"
            return
        fi
    done
}

python=${PYTHON:-}
if [ -n "$python" ]; then
    is_new_enough "$python" || fail "PYTHON=$python does not run as Python 3.11 or newer."
else
    python=$(find_python)
    if [ -z "$python" ] && ! has python3 && has apt-get; then
        apt_install python3
        python=$(find_python)
    fi
    [ -n "$python" ] ||
        fail "Python 3.11 or newer was not found; install it, or run: make PYTHON=/path/to/python"
fi
version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')

# --- what building pycairo and manimpango takes ---------------------------------------------

if [ "$(uname -s)" = Linux ]; then
    # What is missing is found by looking for the thing itself, so that a compiler or a Python
    # that did not come from the distribution counts too.
    missing=
    "$python" -c 'import venv, ensurepip' >/dev/null 2>&1 || missing="$missing python$version-venv"
    "$python" - <<'END' || missing="$missing python$version-dev"
import os, sys, sysconfig
sys.exit(not os.path.exists(os.path.join(sysconfig.get_path("include"), "Python.h")))
END
    if ! has cc || ! has c++; then missing="$missing build-essential"; fi
    if ! has pkg-config; then
        missing="$missing pkg-config libcairo2-dev libpango1.0-dev"
    else
        pkg-config --exists cairo || missing="$missing libcairo2-dev"
        pkg-config --exists pangocairo pangoft2 || missing="$missing libpango1.0-dev"
    fi
    if [ -n "$missing" ]; then
        if has apt-get; then
            # shellcheck disable=SC2086  # a list of packages is meant
            apt_install $missing
        else
            fail "install a C compiler, pkg-config and the development files of Python $version, cairo and pango, then run make again (these are their Debian names:$missing)"
        fi
    fi
elif ! has pkg-config || ! pkg-config --exists cairo pangocairo; then
    fail "install cairo, pango and pkg-config, then run make again (with Homebrew: brew install cairo pango pkg-config)"
fi

# --- a browser for the tests of the pages ---------------------------------------------------

if [ "$(uname -s)" = Linux ] && has apt-get &&
    ! has chromium && ! has chromium-browser && ! has google-chrome; then
    # In a shell of its own, since all but these tests can do without.
    (apt_install chromium) || say "no chromium, so the tests of the pages will be skipped"
fi

# --- Python packages ------------------------------------------------------------------------

say "setting up $venv with Python $version; the first time takes some minutes"
# Made anew where it is broken or of another Python; otherwise kept, and so brought up to date.
"$venv/bin/python" -c "import sys, pip; sys.exit('%d.%d' % sys.version_info[:2] != '$version')" \
    >/dev/null 2>&1 || "$python" -m venv --clear "$venv"
log=$venv/setup.log
install() {
    # Kept in a file: shown in full it hides what matters, and --quiet hides why it failed.
    "$venv/bin/python" -m pip --disable-pip-version-check --no-input install \
        --constraint constraints.txt "$@" </dev/null >>"$log" 2>&1 ||
        { tail -n 30 "$log" >&2; fail "the Python packages could not be installed; see $log"; }
}
# The pip that a distribution puts into a virtual environment may not know --group.
install --upgrade pip setuptools
install --editable '.[all]' --group dev
# mypy looks for packages on a path, and this folder is the package regviz whatever its name.
mkdir -p "$venv/src"
ln -sfn ../.. "$venv/src/regviz"
say "$venv is ready"
