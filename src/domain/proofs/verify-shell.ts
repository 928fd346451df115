/**
 * The script that checks an unpacked evidence file with programs of others: openssl for files, seal and time stamps, pdfsig (poppler) for the
 * report. A service's token need not carry its root (RFC 3161 §2.4.1 asks for the signer's certificate), so what came with it is where its chain
 * may end, and the script says what that leaves open.
 */
export const verifyShell = `#!/bin/sh
# Checks this evidence file with openssl, and with pdfsig where it is installed. Run it in the unpacked folder: sh verify.sh
set -u
cd "$(dirname "$0")" || exit 2
fail() { echo "BROKEN: $*"; exit 1; }
at=$(sed -n 's/.*"sealedAtSeconds":\\([0-9]*\\).*/\\1/p' manifest.json)
count=0
list=$(mktemp) || exit 2
trap 'rm -f "$list" "$list.pem"' EXIT
sed -n 's/.*URI="\\([^"]*\\)">.*<ds:DigestValue>\\([^<]*\\)<.*/\\1 \\2/p' META-INF/ASiCManifest001.xml > "$list"
while read -r name digest; do
  found=$(openssl dgst -sha256 -binary "$name" | openssl base64 -A) || fail "$name is missing"
  [ "$found" = "$digest" ] || fail "$name was changed"
  count=$((count + 1))
done < "$list"
find . -type f | sed 's#^\\./##' | grep -vE '^(mimetype|META-INF/(ASiCManifest00[12]\\.xml|signature001\\.p7s|timestamp001\\.tst))$' |
  while read -r name; do
    cut -d' ' -f1 "$list" | grep -qxF "$name" || { echo "BROKEN: $name is not covered by the seal"; exit 1; }
  done || exit 1
echo "ok: $count files have their SHA-256"
openssl cms -verify -cades -binary -inform DER -in META-INF/signature001.p7s -content META-INF/ASiCManifest001.xml \\
  -CAfile certs/root.pem -purpose any -attime "$at" -out /dev/null 2>/dev/null || fail "the seal does not hold"
echo "ok: the seal holds and leads to certs/root.pem"
stamp() {
  openssl pkcs7 -inform DER -in "$1" -print_certs -out "$list.pem" 2>/dev/null || fail "the time stamp $1 does not hold"
  openssl ts -verify -data "$2" -in "$1" -token_in -CAfile "$list.pem" -partial_chain -attime "$at" \\
    >/dev/null 2>&1 || fail "the time stamp $1 does not hold"
  stamps=1
  openssl ts -reply -in "$1" -token_in -text 2>/dev/null | sed -n 's/^Time stamp: /ok: time stamp of /p'
}
stamps=0
if [ -f META-INF/timestamp001.tst ]; then stamp META-INF/timestamp001.tst META-INF/ASiCManifest002.xml; fi
for token in log/checkpoint-*.tsr; do if [ -f "$token" ]; then stamp "$token" log/checkpoint.txt; fi; done
if [ "$stamps" = 1 ]; then
  echo "note: the root of the time-stamping service was not checked: each stamp was held against the certificates that came with it."
else
  echo "note: no outside service has stamped the time; it is that of the sender's clock."
fi
if command -v pdfsig >/dev/null; then
  pdfsig report.pdf 2>/dev/null | grep -q 'Signature Validation: Signature is Valid' || fail "the seal of report.pdf does not hold"
  echo "ok: the seal of report.pdf holds"
fi
echo "What openssl cannot check (the chain of events, the log) node verify.mjs does."
echo "The root certificate must be the sender's. Its fingerprint:"
openssl x509 -in certs/root.pem -noout -fingerprint -sha256
`;
