#!/bin/sh
# Tests of the launcher $1 in a house of its own, with JDKs and a Maven that are small scripts.
set -eu

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
tmp=$(cd "$tmp" && pwd -P)
house="$tmp/a house"
tools=$tmp/tools
mkdir -p "$house/emulator/cli/src/main" "$tools" "$tmp/jvms" "$tmp/empty"
touch "$house/pom.xml" "$house/emulator/cli/src/main/A.java"
sed "s|/usr/lib/jvm/|$tmp/jvms/|; s|/Library/Java/|$tmp/none/|" "$1" >"$house/orrery"
chmod +x "$house/orrery"
for tool in sh cat chmod dirname find grep head ln mkdir mktemp mv readlink rm touch sleep; do
    ln -s "$(command -v $tool)" "$tools/$tool"
done

# A JDK in $1 of version $2, whose java prints its version, its process and its arguments, and exits with $STATUS.
jdk() {
    mkdir -p "$1/bin"
    echo "JAVA_VERSION=\"$2\"" >"$1/release"
    cat >"$1/bin/java" <<END
#!/bin/sh
case \$1 in -XX:ArchiveClassesAtExit=*) exit 1 ;; esac
while [ "\$1" != -jar ]; do shift; done
shift 2
echo "java $2 \$\$"
for a in "\$@"; do echo "[\$a]"; done
exit \${STATUS:-0}
END
    touch "$1/bin/javac"
    chmod +x "$1/bin/java" "$1/bin/javac"
}

# A Maven that fails if $1 is not 0, and else makes the jar.
maven() {
    cat >"$tools/mvn" <<END
#!/bin/sh
echo "maven's words"
[ $1 = 0 ] || exit $1
mkdir -p emulator/cli/target
touch emulator/cli/target/orrery.jar
END
    chmod +x "$tools/mvn"
}

# Runs the launcher in an empty environment plus $1, with the other arguments; sets out, err and status.
launch() {
    environment=$1
    shift
    status=0
    # shellcheck disable=SC2086
    env -i PATH="$tools" HOME="$tmp/none" $environment "${launcher:-$house/orrery}" "$@" >"$tmp/out" 2>"$tmp/err" || status=$?
    out=$(cat "$tmp/out")
    err=$(cat "$tmp/err")
}

# Ends the test called $1 if $2 does not match the pattern $3.
expect() {
    # shellcheck disable=SC2254
    case $2 in
        $3) ;;
        *)
            echo "$1: expected '$3', got '$2'" >&2
            exit 1
            ;;
    esac
}

maven 0
launch ''
expect 'no JDK' "$status:$err" '2:orrery: needs a JDK 17 or newer, found none;*'

jdk "$tmp/old" 1.8.0_352
launch "JAVA_HOME=$tmp/old"
expect 'an old JDK' "$status:$err" "2:orrery: needs a JDK 17 or newer, found 8.0_352 in $tmp/old;*"

jdk "$tmp/jvms/jdk-21" 21.0.4
rm "$tools/mvn"
launch ''
expect 'no Maven' "$status:$err" '2:orrery: needs Maven 3.8 or newer*'

maven 1
launch ''
expect 'a build that fails' "$status:$err" "2:orrery: building*maven's words*the build failed*"

maven 0
launch '' run 'two words' '' "it's \$HOME *"
expect 'the first run builds' "$err" 'orrery: building, once ...'
expect 'arguments are untouched' "$out" "java 21.0.4 *[[]run]
[[]two words]
[[]]
[[]it's \$HOME \*]"

launch ''
expect 'the second run does not build' "$status:$err" '0:'

touch -t 200101010000 "$house/emulator/cli/target/orrery.jar"
launch ''
expect 'a source newer than the jar' "$err" 'orrery: building, once ...'

jdk "$tmp/mine" 17
launch "JAVA_HOME=$tmp/mine"
expect 'JAVA_HOME comes first' "$out" 'java 17 *'

ln -s "$tmp/mine/bin/java" "$tools/java"
launch ''
expect 'then the PATH' "$out" 'java 17 *'

launch 'STATUS=37'
expect 'the exit status' "$status" 37

ln -s "$house/orrery" "$tmp/link"
mkdir -p "$tmp/bin"
ln -s ../link "$tmp/bin/orrery"
cd "$tmp/empty"
launcher="$tmp/bin/orrery"
launch '' x
expect 'through symbolic links, from elsewhere' "$status:$out" '0:java 17 *[[]x]'

env -i PATH="$tools" "$house/orrery" >"$tmp/out" &
pid=$!
wait $pid
expect 'the JVM takes the place of the shell' "$(cat "$tmp/out")" "java 17 $pid"
echo 'launcher: all as expected'
