# To find a Java, or install one: sourced by the scripts that run something of Java's. They set
#   oldest_java   the oldest version that will do
#   needed_by     what needs it, as people call it
#   user          an array: the command that runs as the user who will run Java, empty for this one
#
# `get_java` says where it is.

is_root() { [ "$(id -u)" = 0 ]; }
say() { echo "$*" >&2; }

# What was fetched stays here. Some of it refuses to run as root, and nobody may read no home but this.
if is_root; then cache=/var/cache/lumbung; else cache=${XDG_CACHE_HOME:-$HOME/.cache}/lumbung; fi

install_package() {
  command -v apt-get >/dev/null || return 1
  local sudo=()
  if ! is_root; then sudo -n true 2>/dev/null || return 1; sudo=(sudo -n); fi
  "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$1" >/dev/null 2>&1
}

get_maven() {
  if ! command -v mvn >/dev/null && ! install_package maven; then
    say "$needed_by comes from Maven Central: install mvn."
    return 1
  fi
}

major_version() {
  "${user[@]}" "$1/bin/java" -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p' | head -n 1
}

find_java() {
  local home major on_path
  on_path=$(readlink -f "$(command -v java || true)" 2>/dev/null || true)
  for home in "${JAVA_HOME:-}" "${on_path%/bin/java}" /usr/lib/jvm/* /opt/* /opt/*/* /usr/java/* /usr/local/*jdk* \
    "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    [ -n "$home" ] && [ -x "$home/bin/java" ] || continue
    major=$(major_version "$home" || true)
    if [ "${major:-0}" -ge "$oldest_java" ]; then echo "$home"; return; fi
  done
  return 1
}

get_java() {
  find_java && return
  say "Looking for a Java of version $oldest_java or newer to install."
  local package
  for package in openjdk-25-jre-headless openjdk-21-jre-headless default-jre-headless; do
    if install_package "$package" && find_java; then return; fi
  done
  say "$needed_by needs Java $oldest_java or newer: install one, or set JAVA_HOME."
  return 1
}
