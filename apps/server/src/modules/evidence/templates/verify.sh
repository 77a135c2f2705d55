#!/bin/sh
# Checks an evidence bundle of SOchI offline. Needs sh, openssl 3 and (for a .zip) unzip, and nothing else.
#   sh verify.sh [--root-sha256 HEX] [FOLDER | FILE.zip]
# Ends with OK and 0, or with FAILED, the reason and another number. A step can only add to "passed";
# the last lines ask whether all of it is there. The script checks its own bytes twice, in two ways.
#
# A signature is judged at the moment of its timestamp (RFC 3161), never by today's date: certificates may have expired since.
# Whether a certificate was revoked is told by the lists and the answers of revocation/, taken when each document was signed.

locale=${LC_ALL:-${LC_MESSAGES:-${LANG:-en}}}
LC_ALL=C
CDPATH=
IFS=' '
export LC_ALL

case $locale in
ru*) lang=ru ;;
ky*) lang=ky ;;
*) lang=en ;;
esac

# text RU KY EN: sets $text in the reader's language
text() {
  case $lang in
  ru) text=$1 ;;
  ky) text=$2 ;;
  *) text=$3 ;;
  esac
}

# fail CODE RU KY EN
fail() {
  text "$2" "$3" "$4"
  printf 'FAILED %s: %s\n' "$1" "$text"
  exit 42
}

passed=
# pass CODE RU KY EN
pass() {
  text "$2" "$3" "$4"
  printf 'ok     %s: %s\n' "$1" "$text"
  passed="$passed $1"
}

pin=
target=
while [ "$#" -gt 0 ]; do
  case $1 in
  --root-sha256)
    [ "$#" -gt 1 ] || fail usage 'после --root-sha256 нужен отпечаток' '--root-sha256 дегенден кийин сертификаттын изи керек' '--root-sha256 needs a fingerprint'
    pin=$2
    shift 2
    ;;
  -*)
    fail usage "неизвестный параметр $1" "белгисиз параметр $1" "unknown option $1"
    ;;
  *)
    [ -z "$target" ] || fail usage 'указано больше одной папки' 'бирден ашык папка көрсөтүлдү' 'more than one folder given'
    target=$1
    shift
    ;;
  esac
done

case $(openssl version 2>/dev/null) in
'OpenSSL '[3-9]*) ;;
*) fail openssl 'нужен OpenSSL 3 или новее' 'OpenSSL 3 же андан жаңысы керек' 'OpenSSL 3 or newer is needed' ;;
esac

case $0 in
*/*) here=${0%/*} ;;
*) here=. ;;
esac
script=$0
case $script in
-*) script=./$script ;;
esac

folder=${target:-$here}
case $folder in
-*) folder=./$folder ;;
esac
if [ -f "$folder" ]; then
  unpacked=$folder.unpacked
  if [ -e "$unpacked" ]; then
    fail unpack "папка уже есть: $unpacked" "папка бар экен: $unpacked" "the folder is there already: $unpacked"
  fi
  unzip -q "$folder" -d "$unpacked" </dev/null || fail unpack 'архив повреждён' 'архив бузук' 'the archive is damaged'
  text 'Распаковано в' 'Бул жерге чечилди:' 'Unpacked into'
  printf '%s %s\n' "$text" "$unpacked"
  folder=$unpacked
fi

[ -f "$folder/MANIFEST" ] || fail folder "здесь нет пакета: $folder" "бул жерде топтом жок: $folder" "no bundle here: $folder"

# First look at the script's own bytes, before anything else is believed.
own=$(openssl dgst -sha256 -r "$script" 2>/dev/null)
own=${own%% *}
listed=none
while read -r sum path; do
  if [ "$path" = verify.sh ]; then listed=$sum; fi
done <"$folder/MANIFEST"
if [ "$own" != "$listed" ]; then
  printf 'FAILED script: %s\n' "verify.sh: $own; MANIFEST: $listed"
  exit 41
fi

cd "$folder" || fail folder 'нет такой папки' 'мындай папка жок' 'no such folder'
text 'Проверяется' 'Текшерилүүдө' 'Checking'
printf '%s %s\n' "$text" "$folder"

# --- the root certificate: what everything is trusted by
count=0
while read -r line; do
  # Any kind of block counts: openssl would trust a second one too.
  case $line in *'-----BEGIN'*) count=$((count + 1)) ;; esac
done <certs/root.pem
[ "$count" = 1 ] || fail root 'в certs/root.pem должен быть один сертификат' 'certs/root.pem ичинде бир сертификат болушу керек' 'certs/root.pem must hold one certificate'
root=$(openssl x509 -in certs/root.pem -outform DER 2>/dev/null | openssl dgst -sha256 -r 2>/dev/null)
root=${root%% *}
if [ -n "$pin" ]; then
  wanted=
  while [ -n "$pin" ]; do
    rest=${pin#?}
    case ${pin%"$rest"} in
    [0-9a-f]) wanted=$wanted${pin%"$rest"} ;;
    A) wanted=${wanted}a ;;
    B) wanted=${wanted}b ;;
    C) wanted=${wanted}c ;;
    D) wanted=${wanted}d ;;
    E) wanted=${wanted}e ;;
    F) wanted=${wanted}f ;;
    : | ' ') ;;
    *) wanted=${wanted}? ;;
    esac
    pin=$rest
  done
  [ "$root" = "$wanted" ] || fail root "корневой сертификат другой: $root" "түпкү сертификат башка: $root" "the root certificate is another one: $root"
  pass root "корневой сертификат — названный вами: $root" "түпкү сертификат сиз атаган сертификат: $root" "the root certificate is the one you named: $root"
else
  pass root "корневой сертификат из самого пакета, сверьте отпечаток SHA-256 с опубликованным: $root" "түпкү сертификат ушул топтомдон, SHA-256 изин жарыяланганы менен салыштырыңыз: $root" "root certificate taken from the bundle itself, compare its SHA-256 with the published one: $root"
fi

# number_of MONTH: sets $month
number_of() {
  case $1 in
  Jan) month=01 ;;
  Feb) month=02 ;;
  Mar) month=03 ;;
  Apr) month=04 ;;
  May) month=05 ;;
  Jun) month=06 ;;
  Jul) month=07 ;;
  Aug) month=08 ;;
  Sep) month=09 ;;
  Oct) month=10 ;;
  Nov) month=11 ;;
  Dec) month=12 ;;
  *) month=none ;;
  esac
}

# seconds_of YYYYMMDDHHMMSS: sets $seconds since 1970 in UTC; the years begin in March, so that a leap day is the last
seconds_of() {
  seconds=none
  case $1 in
  *[!0-9]*) return 1 ;;
  ??????????????) ;;
  *) return 1 ;;
  esac
  rest=$1
  year=${rest%??????????}
  rest=${rest#????}
  month=${rest%????????}
  rest=${rest#??}
  day=${rest%??????}
  rest=${rest#??}
  hour=${rest%????}
  rest=${rest#??}
  minute=${rest%??}
  # A leading 1 keeps the shell from reading 08 as octal.
  month=$(((1$month - 100 + 9) % 12))
  year=$((1$year - 10000 - (month > 9)))
  days=$((year * 365 + year / 4 - year / 100 + year / 400 + (month * 153 + 2) / 5 + 1$day - 100 - 1 - 719468))
  seconds=$((((days * 24 + 1$hour - 100) * 60 + 1$minute - 100) * 60 + 1${rest#??} - 100))
}

# moment_of Mon D HH:MM:SS YYYY GMT: sets $seconds
moment_of() {
  number_of "$1"
  day=$2
  case $day in ?) day=0$day ;; esac
  clock=${3%%.*}
  hour=${clock%%:*}
  clock=${clock#*:}
  seconds_of "$4$month$day$hour${clock%:*}${clock#*:}"
}

# slice FILE OFFSET LENGTH: those bytes of it
slice() {
  openssl asn1parse -inform DER -in "$1" -offset "$2" -length "$3" -noout -out /dev/stdout 2>/dev/null
}

# named PEM: sets $role, $inn, $print (SHA-256), $serial, $above (hash of the issuer's name) and $after (its last second) of one
# certificate; an attribute that comes twice counts as none
named() {
  role=none
  inn=none
  roles=0
  inns=0
  serial=none
  after=none
  above=none
  subject=$(printf '%s\n' "$1" | openssl x509 -noout -serial -enddate -issuer_hash -subject -nameopt sep_multiline,oid,esc_ctrl,esc_msb,utf8 2>/dev/null)
  while read -r line; do
    case $line in
    serial=*) serial=${line#*=} ;;
    notAfter=*)
      moment_of ${line#*=}
      after=$seconds
      ;;
    2.5.4.12=*)
      role=${line#*=}
      roles=$((roles + 1))
      ;;
    2.5.4.97=*)
      inn=${line#*=}
      inns=$((inns + 1))
      ;;
    subject=* | *=*) ;;
    ?*) above=$line ;;
    esac
  done <<END
$subject
END
  case $roles$role in
  1head | 1accountant | 1operator | 1agency) ;;
  *) role=none ;;
  esac
  case $inns$inn in
  *[!0-9]*) inn=none ;;
  1?*) ;;
  *) inn=none ;;
  esac
  print=$(printf '%s\n' "$1" | openssl x509 -outform DER 2>/dev/null | openssl dgst -sha256 -r 2>/dev/null)
  print=${print%% *}
}

# shorten HEX: sets $short to its first sixteen digits, which file names carry
shorten() {
  short=${1%"${1#????????????????}"}
}

# Long texts are gone through in memory, line by line: reading them from an input is slow in some shells.
newline='
'

# why_of TEXT: sets $why to what openssl says was wrong
why_of() {
  why=
  set -f
  IFS=$newline
  for line in $1; do
    case $line in
    *'Verify error:'*) why=${line##*'Verify error:'} ;;
    error*' lookup: '*) why=${why:-"${line##*' lookup: '}"} ;;
    *'verification failure'* | *'no matching digest'* | *'verify failure'*) why=${why:-"${line##*:}"} ;;
    *'message imprint mismatch'*) why='message imprint mismatch' ;;
    esac
  done
  IFS=' '
  set +f
}

# signed CMS CONTENT: checks the signatures over a file, by certificates issued under the root, at whatever time; sets $number
# of signers, $signers to "role " for each, and of each pem_N role_N inn_N print_N serial_N above_N after_N
signed() {
  # Only the root of this bundle is trusted; -binary keeps the bytes as they are; -purpose any as no e-mail is meant.
  out=$(openssl cms -verify -binary -cades -purpose any -no_check_time -inform DER -in "$1" -content "$2" \
    -CAfile certs/root.pem -no-CApath -no-CAstore -certfile certs/chain.pem \
    -signer /dev/stdout -out /dev/null 2>&1)
  result=$?
  number=0
  signers=
  pem=
  set -f
  IFS=$newline
  for line in $out; do
    case $line in
    '-----BEGIN CERTIFICATE-----')
      pem=$line
      ;;
    '-----END CERTIFICATE-----')
      number=$((number + 1))
      eval "pem_$number=\$pem\$newline\$line"
      pem=
      ;;
    *)
      [ -z "$pem" ] || pem=$pem$newline$line
      ;;
    esac
  done
  IFS=' '
  set +f
  index=0
  while [ "$index" -lt "$number" ]; do
    index=$((index + 1))
    eval "named \"\$pem_$index\""
    signers="$signers$role "
    eval "role_$index=\$role inn_$index=\$inn print_$index=\$print serial_$index=\$serial above_$index=\$above after_$index=\$after"
  done
  why_of "$out"
  return "$result"
}

# broken FILE: a line of asn1parse stands where no value of the file is
broken() {
  fail line_break "текст внутри $1 разбит на строки и может выдать себя за часть его устройства" "$1 ичиндеги текст саптарга бөлүнгөн, файлдын түзүлүшү болуп көрүнүшү мүмкүн" "a text inside $1 breaks into lines that could pass for parts of it"
}

# walk FILE VISITOR: calls VISITOR with each value of a file: offset d depth hl length l length prim|cons TAG TEXT...
# asn1parse prints texts as they are, line breaks too, so that a text could speak for other values. A line is believed only
# where the value before it ends. One made up by a text takes at least two bytes that the next value takes as well, or that
# come after the end: the walk stops there, before anything is made of it.
walk() {
  file=$1
  visitor=$2
  tree=$(openssl asn1parse -inform DER -in "$1" 2>/dev/null) || return 1
  position=0
  depth=0
  ends=
  set -f
  IFS=$newline
  for line in $tree; do
    # 10:d=2 hl=2 l= 9 prim: OBJECT :sha256
    IFS=' :='
    set -- $line
    case "$2 $4 $6 $8" in
    'd hl l prim' | 'd hl l cons') ;;
    *) broken "$file" ;;
    esac
    for digits in "$1" "$3" "$5" "$7"; do
      case $digits in '' | *[!0-9]* | 0?* | ??????????*) broken "$file" ;; esac
    done
    if [ "$1" != "$position" ] || [ "$3" != "$depth" ] || [ "$5" -lt 2 ]; then broken "$file"; fi
    # There is one value in a file, and all others are inside it.
    if [ "$position" != 0 ] && [ -z "$ends" ]; then broken "$file"; fi
    position=$(($1 + $5))
    end=$((position + $7))
    if [ -n "$ends" ] && [ "$end" -gt "${ends%% *}" ]; then broken "$file"; fi
    case $8 in
    cons)
      ends="$end $ends"
      depth=$((depth + 1))
      ;;
    *) position=$end ;;
    esac
    while [ -n "$ends" ] && [ "$position" = "${ends%% *}" ]; do
      ends=${ends#* }
      depth=$((depth - 1))
    done
    "$visitor" "$@"
  done
  IFS=' '
  set +f
  if [ "$position" = 0 ] || [ -n "$ends" ]; then broken "$file"; fi
}

# structure CMS: sets $infos to a line for each SignerInfo, in their order: serial number, offset and length of its signature,
# of its timestamp, of the role it claims (- for none), how many unsigned attributes are none of ours, how many signed
structure() {
  infos=
  info=
  sets=0
  walk "$1" signer_value || return 1
  infos="$infos$own $signature $token $claim $others $strange$newline"
}

signer_value() {
  case $sets:$3:$9 in
  *:3:SET) sets=$((sets + 1)) ;;
  2:4:*)
    [ -z "$info" ] || infos="$infos$own $signature $token $claim $others $strange$newline"
    info=yes
    part=0
    own=none
    signature='- -'
    token='- -'
    claim='- -'
    others=0
    strange=0
    kinds=' '
    ;;
  2:5:*)
    part=$((part + 1))
    attribute=
    [ "$9" != OCTET ] || signature="$(($1 + $5)) $7"
    ;;
  2:6:INTEGER) [ "$part" != 2 ] || own=${10} ;;
  2:7:OBJECT)
    attribute=${10}
    [ "$part" != 4 ] || signed_attribute
    ;;
  2:8:SEQUENCE)
    # Beside a signature there may be one timestamp and nothing else.
    case $part$attribute$token in
    '7id-smime-aa-timeStampToken- -') token="$1 $(($5 + $7))" ;;
    7*) others=$((others + 1)) ;;
    esac
    ;;
  2:8:*) [ "$part" != 7 ] || others=$((others + 1)) ;;
  2:*:cont)
    case $part$attribute${11} in
    40.4.0.19122.1.16) claim="$(($1 + $5)) $7" ;;
    esac
    ;;
  esac
}

# signed_attribute: counts $attribute as strange unless it is one of those a signature may have, and there once
signed_attribute() {
  case $attribute in
  contentType | signingTime | messageDigest | id-smime-aa-signingCertificate | id-smime-aa-signingCertificateV2) ;;
  # The last two are the role claimed, and the algorithms once more (RFC 6211), which newer versions call by its name.
  S/MIME | 0.4.0.19122.1.1 | 1.2.840.113549.1.9.52 | id-aa-CMSAlgorithmProtection) ;;
  *) strange=$((strange + 1)) ;;
  esac
  case $kinds in *" $attribute "*) strange=$((strange + 1)) ;; esac
  kinds="$kinds$attribute "
}

# timestamp FILE: checks the token at $token over the signature at $signature, at its own time; sets $seconds, $tsa (its PEM)
timestamp() {
  # What openssl reads out of the token is what it checks below; no text of anybody's comes before these two lines.
  seconds=none
  digest=
  while read -r key what said day clock year _; do
    case $key$what in
    HashAlgorithm:) digest=${digest:-$said} ;;
    Timestamp:)
      moment_of "$said" "$day" "$clock" "$year"
      break
      ;;
    esac
  done <<END
$(slice "$1" "${token% *}" "${token#* }" | openssl ts -reply -token_in -in /dev/stdin -text 2>/dev/null)
END
  case $digest in
  sha256 | sha384 | sha512) ;;
  *) fail timestamp_digest "метка времени в $1 сделана по неизвестной хеш-функции" "$1 ичиндеги убакыт белгиси белгисиз хеш-функция менен жасалган" "the timestamp in $1 was made by an unknown digest" ;;
  esac
  [ "$seconds" != none ] || fail timestamp_time "в метке времени в $1 нет времени" "$1 ичиндеги убакыт белгисинде убакыт жок" "the timestamp in $1 has no time"
  imprint=$(slice "$1" "${signature% *}" "${signature#* }" | openssl dgst "-$digest" -r 2>/dev/null)
  out=$(slice "$1" "${token% *}" "${token#* }" | openssl ts -verify -token_in -in /dev/stdin -digest "${imprint%% *}" \
    -attime "$seconds" -CAfile certs/root.pem -untrusted certs/chain.pem 2>&1)
  result=$?
  why_of "$out"
  [ "$why" != 'message imprint mismatch' ] ||
    fail timestamp_other "метка времени в $1 поставлена на другую подпись" "$1 ичиндеги убакыт белгиси башка колтамгага коюлган" "the timestamp in $1 is over another signature"
  [ "$result" = 0 ] ||
    fail timestamp_authority "метка времени в $1 не от службы, признанной корневым сертификатом (${why:-?})" "$1 ичиндеги убакыт белгиси түпкү сертификат тааныган кызматтан эмес ($why)" "the timestamp in $1 is not of an authority under the root (${why:-?})"
  tsa=$(slice "$1" "${token% *}" "${token#* }" |
    openssl cms -verify -noverify -inform DER -in /dev/stdin -signer /dev/stdout -out /dev/null 2>/dev/null)
}

# stamped CMS: after "signed"; checks the timestamp of each signature and that the signer's certificate was valid then; sets
# time_N tsa_N claim_N of each, and $first and $last of the times
stamped() {
  structure "$1" || fail structure "$1 не читается" "$1 окулбайт" "$1 cannot be read"
  one=0
  first=
  last=
  while read -r own from to begin length where long others strange; do
    [ -n "$own" ] || continue
    one=$((one + 1))
    eval "pem=\${pem_$one-} role=\${role_$one-} serial=\${serial_$one-}"
    [ "$own" = "$serial" ] || fail signer_order "в $1 подпись и сертификат не соответствуют друг другу" "$1 ичинде колтамга менен сертификат бири-бирине туура келбейт" "a signature in $1 is not that of its certificate"
    [ "$begin" != - ] || fail timestamp_missing "в $1 подпись без метки времени ($role)" "$1 ичинде убакыт белгиси жок колтамга бар ($role)" "a signature in $1 has no timestamp ($role)"
    [ "$others" = 0 ] || fail unsigned_attributes "в $1 при подписи есть лишние данные ($role)" "$1 ичинде колтамганын жанында ашыкча маалымат бар ($role)" "beside a signature in $1 there is data that nothing protects ($role)"
    [ "$strange" = 0 ] || fail signed_attributes "в $1 подпись удостоверяет неизвестные данные ($role)" "$1 ичинде колтамга белгисиз маалыматты ырастайт ($role)" "a signature in $1 vouches for data of an unknown kind ($role)"
    signature="$from $to"
    token="$begin $length"
    timestamp "$1"
    out=$(printf '%s\n' "$pem" | openssl verify -nameopt oneline -attime "$seconds" \
      -CAfile certs/root.pem -no-CApath -no-CAstore -untrusted certs/chain.pem 2>&1)
    if [ "$?" != 0 ]; then
      why_of "$out"
      fail certificate_time "в момент подписи сертификат в $1 не действовал ($role: $why)" "кол коюлган учурда $1 ичиндеги сертификат жараксыз болгон ($role: $why)" "a certificate in $1 was not valid at the time of signing ($role: $why)"
    fi
    claim=
    # A role longer than any of ours is none of ours.
    if [ "$where" != - ]; then
      claim=unknown
      [ "$long" -gt 999 ] || claim=$(slice "$1" "$where" "$long")
    fi
    eval "time_$one=\$seconds tsa_$one=\$tsa claim_$one=\$claim"
    if [ -z "$first" ] || [ "$seconds" -lt "$first" ]; then first=$seconds; fi
    if [ -z "$last" ] || [ "$seconds" -gt "$last" ]; then last=$seconds; fi
  done <<END
$infos
END
  [ "$one" = "$number" ] || fail signer_order "в $1 подписей $one, сертификатов $number" "$1 ичинде колтамга $one, сертификат $number" "$1 has $one signatures and $number certificates"
}

# Clocks of two authorities may differ by this many seconds.
skew=10

# fresh FILE FROM TO TIME AFTER: what is said of revocation counts for a signature of TIME by a certificate valid up to AFTER.
# Later word knows better, as long as the certificate had not run out; earlier word must have been in force.
fresh() {
  if [ "$2" != none ]; then
    if [ "$2" -ge "$4" ]; then
      [ "$2" -gt "$5" ] || return 0
    elif [ "$3" != none ]; then
      [ "$3" -lt "$4" ] || return 0
    fi
  fi
  fail revocation_stale "сведения об отзыве не того времени: $1" "жокко чыгаруу маалыматы башка убакыттыкы: $1" "what $1 says of revocation is of another time"
}

listed=
# lists FOLDER: reads the revocation lists of a document; sets $crls to their names, $ranges to lines "name from to"
lists() {
  [ "$listed" != "$1" ] || return 0
  listed=$1
  crls=
  ranges=
  for crl in "revocation/$1"/*.crl; do
    [ -f "$crl" ] || fail crl_missing "нет списка отзыва: revocation/$1" "жокко чыгаруу тизмеси жок: revocation/$1" "there is no revocation list: revocation/$1"
    from=none
    to=none
    while IFS='= ' read -r key one two three four _; do
      case $key in
      lastUpdate)
        moment_of "$one" "$two" "$three" "$four"
        from=$seconds
        ;;
      nextUpdate)
        # An open end is written NONE.
        [ "$one" = NONE ] || moment_of "$one" "$two" "$three" "$four"
        [ "$one" = NONE ] || to=$seconds
        ;;
      esac
    done <<END
$(openssl crl -inform DER -in "$crl" -noout -lastupdate -nextupdate 2>/dev/null)
END
    crls="$crls $crl"
    ranges="$ranges$crl $from $to
"
  done
}

# against_lists FLAG: openssl's word on the certificate at its input; the dates of the lists are checked by "fresh"
against_lists() {
  flag=$1
  set --
  for crl in $crls; do set -- "$@" -CRLfile "$crl"; done
  openssl verify -nameopt oneline -no_check_time "$flag" "$@" \
    -CAfile certs/root.pem -no-CApath -no-CAstore -untrusted certs/chain.pem 2>&1
}

# revoked_at SERIAL: sets $seconds to when a list says it was revoked, none when no list does; $mild to yes when the reason leaves
# no doubt about what was signed before
revoked_at() {
  wanted=$1
  when=none
  mild=no
  for crl in $crls; do
    serial=
    attribute=
    walk "$crl" list_value || fail structure "$crl не читается" "$crl окулбайт" "$crl cannot be read"
  done
  seconds=none
  [ "$when" = none ] || seconds_of "$when"
}

list_value() {
  case $3:$9 in
  4:INTEGER) serial=${10} ;;
  4:UTCTIME)
    # Two digits of a year are those from 1950 to 2049.
    case ${10} in
    [0-4]*) at=20${10} ;;
    *) at=19${10} ;;
    esac
    [ "$serial" != "$wanted" ] || when=${at%Z}
    ;;
  4:GENERALIZEDTIME) [ "$serial" != "$wanted" ] || when=${10%Z} ;;
  6:OBJECT) attribute="${11} ${12}" ;;
  6:OCTET)
    # affiliationChanged, superseded, cessationOfOperation
    case $serial:$attribute:${13} in
    "$wanted:CRL Reason:0A010"[345]) mild=yes ;;
    esac
    ;;
  esac
}

sound=
# unrevoked PEM TIME WHO KIND AFTER SERIAL: no list says that the certificate, or one above it, was revoked by then
unrevoked() {
  while read -r crl from to; do
    [ -z "$crl" ] || fresh "$crl" "$from" "$to" "$2" "$5"
  done <<END
$ranges
END
  [ "$sound" != "$crls $1" ] || return 0
  out=$(printf '%s\n' "$1" | against_lists -crl_check_all)
  if [ "$?" = 0 ]; then
    # Many signatures are stamped by one authority: it need not be asked about again.
    [ "$4" != stamper ] || sound="$crls $1"
    return 0
  fi
  why_of "$out"
  case $why in
  *'unable to get certificate CRL') fail crl_missing "нет списка отзыва для сертификата: $3" "сертификат үчүн жокко чыгаруу тизмеси жок: $3" "there is no revocation list for a certificate: $3" ;;
  *'certificate revoked') ;;
  *) fail crl_wrong "список отзыва негоден ($3: $why)" "жокко чыгаруу тизмеси жараксыз ($3: $why)" "a revocation list is no good ($3: $why)" ;;
  esac
  revoked_at "$6"
  [ "$seconds" != none ] || fail issuer_revoked "отозван сертификат центра: $3" "борбордун сертификаты жокко чыгарылган: $3" "the issuer's certificate was revoked: $3"
  [ "$seconds" -gt "$2" ] || fail revoked "сертификат был отозван до подписи: $3" "сертификат кол коюлганга чейин жокко чыгарылган: $3" "the certificate was revoked before it signed: $3"
  # A key that was lost makes everything doubtful that was ever stamped with it.
  [ "$4$mild" != stamperno ] || fail revoked "сертификат службы времени отозван: $3" "убакыт кызматынын сертификаты жокко чыгарылган: $3" "the timestamp authority's certificate was revoked: $3"
  # Revoked only after it had signed: then at least none above it may be revoked.
  one=0
  while [ "$one" -lt "$authorities" ]; do
    one=$((one + 1))
    eval "pem=\$authority_$one"
    printf '%s\n' "$pem" | against_lists -crl_check_all >/dev/null ||
      fail issuer_revoked "отозван сертификат центра: $3" "борбордун сертификаты жокко чыгарылган: $3" "the issuer's certificate was revoked: $3"
  done
}

# ask FILE PEM DIGEST AUTHORITY MORE...: the OCSP answer about a certificate, in openssl's words
ask() {
  answer=$1
  asked=$2
  digest=$3
  issuer=$4
  shift 4
  # What was asked with a nonce is kept without the question; the certificates come by two more inputs.
  openssl ocsp "-$digest" -respin "$answer" -issuer /dev/fd/3 -cert /dev/fd/4 -no_nonce "$@" 2>&1 3<<ISSUER 4<<CERTIFICATE
$issuer
ISSUER
$asked
CERTIFICATE
}

# answered FILE PEM TIME AFTER WHO ABOVE MOMENT: the OCSP answer taken when the document was signed says that the certificate was good
answered() {
  [ -f "$1" ] || fail ocsp_missing "нет ответа OCSP о сертификате: $5" "сертификат жөнүндө OCSP жообу жок: $5" "there is no OCSP answer about the certificate: $5"
  status=none
  one=0
  while [ "$one" -lt "$authorities" ] && [ "$status" = none ]; do
    one=$((one + 1))
    eval "issuer=\$authority_$one hash=\$hash_$one"
    [ "$hash" = "$6" ] || continue
    for digest in sha256 sha1; do
      out=$(ask "$1" "$2" "$digest" "$issuer" -CAfile certs/root.pem -no-CApath -no-CAstore -verify_other certs/chain.pem -attime "$7")
      from=none
      to=none
      since=none
      status=none
      while IFS=' :' read -r key what month day hour minute second year _; do
        # Years later openssl warns that the answer is old, and puts the status on a line of its own.
        case $key:$what in
        good: | revoked: | unknown:) status=$key ;;
        /dev/fd/4:good | /dev/fd/4:revoked | /dev/fd/4:unknown) status=$what ;;
        *This:Update)
          moment_of "$month" "$day" "$hour:$minute:$second" "$year"
          from=$seconds
          ;;
        *Next:Update)
          moment_of "$month" "$day" "$hour:$minute:$second" "$year"
          to=$seconds
          ;;
        *Revocation:Time)
          moment_of "$month" "$day" "$hour:$minute:$second" "$year"
          since=$seconds
          ;;
        esac
      done <<END
$out
END
      [ "$status" = none ] || break
    done
  done
  [ "$status" != none ] || fail ocsp_other "ответ OCSP $1 о другом сертификате: $5" "$1 OCSP жообу башка сертификат жөнүндө: $5" "the OCSP answer $1 is about another certificate: $5"
  [ "$from" != none ] || fail ocsp_time "в ответе OCSP $1 нет времени" "$1 OCSP жообунда убакыт жок" "the OCSP answer $1 has no time"
  case $newline$out$newline in
  *"${newline}Response verify OK$newline"*) ;;
  *)
    # Its responder's certificate may be newer than the document.
    out=$(ask "$1" "$2" "$digest" "$issuer" -CAfile certs/root.pem -no-CApath -no-CAstore -verify_other certs/chain.pem -attime "$from")
    case $newline$out$newline in
    *"${newline}Response verify OK$newline"*) ;;
    *) fail ocsp_signature "подпись ответа OCSP $1 неверна" "$1 OCSP жообунун колтамгасы туура эмес" "the signature of the OCSP answer $1 is wrong" ;;
    esac
    ;;
  esac
  fresh "$1" "$from" "$to" "$3" "$4"
  case $status in
  good) ;;
  revoked) [ "$since" != none ] && [ "$since" -gt "$3" ] || fail ocsp_revoked "по ответу OCSP сертификат был отозван до подписи: $5" "OCSP жообу боюнча сертификат кол коюлганга чейин жокко чыгарылган: $5" "the OCSP answer says that the certificate was revoked before it signed: $5" ;;
  *) fail ocsp_unknown "центр не знает сертификата: $5" "борбор сертификатты билбейт: $5" "the authority does not know the certificate: $5" ;;
  esac
}

known=
# in_force FOLDER CMS MOMENT: after "stamped"; no certificate used was revoked, by what was taken when the document was signed
in_force() {
  lists "$1"
  index=0
  while [ "$index" -lt "$number" ]; do
    index=$((index + 1))
    eval "signer=\$pem_$index print=\$print_$index who=\$role_$index time=\$time_$index stamper=\$tsa_$index"
    text 'метка времени' 'убакыт белгиси' 'timestamp'
    [ "$known" = "$stamper" ] || named "$stamper"
    [ "$known" = "$stamper" ] || known=$stamper known_after=$after known_serial=$serial
    unrevoked "$stamper" "$time" "$2, $text" stamper "$known_after" "$known_serial"
    eval "serial=\$serial_$index above=\$above_$index after=\$after_$index print=\$print_$index"
    unrevoked "$signer" "$time" "$2, $who" signer "$after" "$serial"
    shorten "$print"
    answered "revocation/$1/$short.ocsp" "$signer" "$time" "$after" "$2, $who" "$above" "$3"
  done
}

# near TIME STAMPED NAME: a time a document states is that of its timestamp
near() {
  if [ "$2" -lt $(($1 - skew)) ] || [ "$2" -gt $(($1 + skew)) ]; then
    fail stated_time "время в $3 расходится с меткой времени" "$3 ичиндеги убакыт убакыт белгисине дал келбейт" "the time stated in $3 is not that of its timestamp"
  fi
}

# by_turns EARLIER LATER NAME: what came first did
by_turns() {
  [ "$1" -le $(($2 + skew)) ] || fail order "нарушен порядок событий: $3" "окуялардын тартиби бузулган: $3" "this happened in the wrong order: $3"
}

# numeric NAME: $value is a number; bash would give up a whole function over one that begins with 0, and go on after it
numeric() {
  case $value in
  '' | *[!0-9]* | 0?* | ?????????????????*) fail field "в $1 нет времени" "$1 ичинде убакыт жок" "$1 has no time" ;;
  esac
}

# --- MANIFEST: signed by the operator, names every file, and every file is as it names
signed MANIFEST.p7s MANIFEST || fail manifest_signature "подпись описи неверна ($why)" "тизменин колтамгасы туура эмес ($why)" "the signature of the manifest is wrong ($why)"
case $signers in
'operator ') ;;
*) fail manifest_signer 'опись подписал не оператор' 'тизмеге оператор кол койгон эмес' 'the manifest is not signed by the operator' ;;
esac
# openssl passes over some bytes inside MANIFEST.p7s: a bare signature over the whole file, by the same key, holds them all.
printf '%s\n' "$pem_1" | openssl x509 -noout -pubkey 2>/dev/null |
  openssl dgst -sha256 -verify /dev/stdin -signature MANIFEST.sig MANIFEST.p7s >/dev/null 2>&1 ||
  fail manifest_seal 'файл MANIFEST.p7s или MANIFEST.sig изменён' 'MANIFEST.p7s же MANIFEST.sig файлы өзгөртүлгөн' 'MANIFEST.p7s or MANIFEST.sig was altered'
pass manifest_signature 'опись подписана оператором' 'тизмеге оператор кол койгон' 'the manifest is signed by the operator'

seen=' '
while read -r sum path; do
  case $path in
  '' | /* | -* | *..* | *[!A-Za-z0-9./_-]*) fail manifest "недопустимое имя в описи: $path" "тизмеде жараксыз ат: $path" "a name not allowed in the manifest: $path" ;;
  esac
  case $seen in
  *" $path "*) fail manifest "имя дважды в описи: $path" "ат тизмеде эки жолу: $path" "named twice in the manifest: $path" ;;
  esac
  seen="$seen$path "
  if [ ! -f "$path" ] || [ -L "$path" ]; then fail file_missing "нет файла $path" "$path файлы жок" "the file $path is missing"; fi
done <MANIFEST
# One call hashes them all; its lines are "hash *path" in the order asked for.
found=$(openssl dgst -sha256 -r $seen 2>/dev/null)
while read -r sum path; do
  line=${found%%"$newline"*}
  found=${found#*"$newline"}
  [ "$line" = "$sum *$path" ] || fail file_altered "файл изменён: $path" "файл өзгөртүлгөн: $path" "the file was altered: $path"
done <MANIFEST
for path in VERIFY.md certs/chain.pem certs/root.pem postmark.json postmark.p7s report.p7s report.xml verify.sh; do
  case $seen in
  *" $path "*) ;;
  *) fail file_missing "в описи нет файла $path" "тизмеде $path файлы жок" "the manifest lacks the file $path" ;;
  esac
done
pass files 'каждый файл из описи на месте и не изменён' 'тизмедеги ар бир файл ордунда жана өзгөртүлгөн эмес' 'every file of the manifest is there and unaltered'

set --
for inside in '' certs/ delegation/ receipts/ revocation/ revocation/agency-receipt/ revocation/correction/ revocation/decision/ \
  revocation/delegation/ revocation/hand-over/ revocation/postmark/; do
  set -- "$@" "$inside"* "$inside".[!.]* "$inside"..?*
done
for path in "$@"; do
  # A pattern that found nothing stands for itself.
  if [ ! -e "$path" ] && [ ! -L "$path" ]; then continue; fi
  case $path in
  MANIFEST | MANIFEST.p7s | MANIFEST.sig) continue ;;
  certs | delegation | receipts | revocation) [ ! -d "$path" ] || continue ;;
  revocation/agency-receipt | revocation/correction | revocation/decision) [ ! -d "$path" ] || continue ;;
  revocation/delegation | revocation/hand-over | revocation/postmark) [ ! -d "$path" ] || continue ;;
  esac
  case $seen in
  *" $path "*) ;;
  *) fail file_unknown "файла нет в описи: $path" "файл тизмеде жок: $path" "a file that the manifest does not name: $path" ;;
  esac
done
pass nothing_added 'лишних файлов нет' 'ашыкча файл жок' 'no file was added'

# field FILE NAME: sets $value to a field's text or number; the file has one field a line
field() {
  value=
  times=0
  while IFS= read -r line; do
    case $line in
    "  \"$2\": "*)
      value=${line#*": "}
      value=${value%,}
      value=${value#'"'}
      value=${value%'"'}
      times=$((times + 1))
      ;;
    esac
  done <"$1"
  case $value in *[[:cntrl:]]*) times=0 ;; esac
  [ "$times" = 1 ] || fail field "в $1 нет поля $2" "$1 ичинде $2 талаасы жок" "$1 has no field $2"
}

# sum FILE: sets $value to its SHA-256
sum() {
  value=$(openssl dgst -sha256 -r "$1" 2>/dev/null)
  value=${value%% *}
}

# --- the signers' certificates, given for people to look at: each is the one its file's name promises
for path in certs/*.pem; do
  case $path in certs/root.pem | certs/chain.pem) continue ;; esac
  [ -f "$path" ] || continue
  count=0
  pem=
  while IFS= read -r line; do
    case $line in *'-----BEGIN'*) count=$((count + 1)) ;; esac
    pem="$pem$line
"
  done <"$path"
  named "$pem"
  shorten "$print"
  [ "$role" != none ] || role=ca
  [ "$count$path" = "1certs/$role-$short.pem" ] ||
    fail certificate_replaced "в файле другой сертификат, чем говорит его имя: $path" "файлда атындагыдан башка сертификат: $path" "the file holds another certificate than its name says: $path"
done
pass certificates 'сертификаты подписавших названы верно' 'кол койгондордун сертификаттары туура аталган' 'the certificate files are named after what they hold'

# --- the certification authorities above the signers
authorities=0
pem=
set -f
IFS=$newline
for line in $(openssl x509 -in certs/root.pem 2>/dev/null) $(while IFS= read -r line; do printf '%s\n' "$line"; done <certs/chain.pem); do
  case $line in
  '-----BEGIN CERTIFICATE-----')
    pem=$line
    ;;
  '-----END CERTIFICATE-----')
    authorities=$((authorities + 1))
    eval "authority_$authorities=\$pem\$newline\$line"
    hash=$(printf '%s\n' "$pem$newline$line" | openssl x509 -noout -subject_hash 2>/dev/null)
    eval "hash_$authorities=\$hash"
    pem=
    ;;
  *)
    [ -z "$pem" ] || pem=$pem$newline$line
    ;;
  esac
done
IFS=' '
set +f

# --- the postmark: first its signature, then its time may be used
signed postmark.p7s postmark.json || fail postmark_signature "подпись штемпеля неверна ($why)" "штемпелдин колтамгасы туура эмес ($why)" "the signature of the postmark is wrong ($why)"
case $signers in
'operator ') ;;
*) fail postmark_signer 'штемпель подписал не оператор' 'штемпелге оператор кол койгон эмес' 'the postmark is not signed by the operator' ;;
esac
stamped postmark.p7s
postmarked=$last
field postmark.json postmarkedAtEpoch
numeric postmark.json
near "$value" "$postmarked" postmark.json
in_force postmark postmark.p7s "$postmarked"
field postmark.json postmarkedAtBishkek
pass postmark "штемпель подписан оператором, время подтверждено: $value" "штемпелге оператор кол койгон, убактысы ырасталган: $value" "the postmark is signed by the operator, its time confirmed: $value"

field postmark.json reportSha256
report=$value
sum report.xml
[ "$value" = "$report" ] || fail report_hash 'штемпель поставлен на другой отчёт' 'штемпель башка отчётко коюлган' 'the postmark is for another report'
field postmark.json signatureSha256
signatures=$value
sum report.p7s
[ "$value" = "$signatures" ] || fail signature_hash 'штемпель поставлен на другие подписи' 'штемпель башка колтамгаларга коюлган' 'the postmark is for other signatures'
pass postmark_hashes 'штемпель поставлен на этот отчёт и на эти подписи' 'штемпель ушул отчётко жана ушул колтамгаларга коюлган' 'the postmark is for this report and these signatures'

# --- the report: signed by exactly those who must, all of the one company, each before the postmark
signed report.p7s report.xml || fail report_signature "подписи отчёта неверны ($why)" "отчёттун колтамгалары туура эмес ($why)" "the signatures of the report are wrong ($why)"
pass report_signature 'подписи отчёта верны' 'отчёттун колтамгалары туура' "the report's signatures are right"
field postmark.json requiredSigners
required=$value
field postmark.json companyInn
company=$value
expected=0
names=
accountant=none
headed=0
list=$required,
while [ -n "$list" ]; do
  who=${list%%,*}
  list=${list#*,}
  expected=$((expected + 1))
  case $who in
  head) text руководитель жетекчи head ;;
  accountant) text бухгалтер бухгалтер accountant ;;
  *) fail report_signers "неизвестная роль: $who" "белгисиз роль: $who" "unknown role: $who" ;;
  esac
  names=${names:+$names, }$text
  field postmark.json "${who}CertificateSha256"
  state=missing
  index=0
  while [ "$index" -lt "$number" ]; do
    index=$((index + 1))
    eval "role=\$role_$index inn=\$inn_$index print=\$print_$index"
    if [ "$role" = "$who" ] && [ "$print" = "$value" ]; then
      if [ "$inn" = "$company" ]; then state=found; else state=foreign; fi
      case $who in
      head) headed=$index ;;
      accountant) accountant=$print ;;
      esac
    fi
  done
  case $state in
  found) ;;
  foreign) fail report_company "сертификат ($text) другой организации" "сертификат ($text) башка уюмдуку" "the certificate ($text) is of another company" ;;
  *) fail report_signers "нет подписи: $text" "колтамга жок: $text" "a signature is missing: $text" ;;
  esac
done
[ "$number" = "$expected" ] || fail report_signers "подписей $number, должно быть $expected" "колтамга $number, $expected болушу керек" "$number signatures where $expected must be"
pass report_signers "подписали: $names; ИНН организации $company" "кол койгондор: $names; уюмдун ИНН $company" "signed by: $names; company INN $company"

stamped report.p7s
by_turns "$last" "$postmarked" 'report.p7s, postmark.p7s'
in_force postmark report.p7s "$postmarked"
pass report_times 'метка времени у каждой подписи отчёта, сертификаты действовали и не были отозваны' 'отчёттун ар бир колтамгасында убакыт белгиси бар, сертификаттар жарактуу болгон жана жокко чыгарылган эмес' "every signature of the report has a timestamp, the certificates were valid and not revoked"

# --- the delegation, if the head's signature was made on the head's behalf
claims=
signed_on_behalf=none
claimed=
index=0
while [ "$index" -lt "$number" ]; do
  index=$((index + 1))
  eval "claim=\$claim_$index"
  claims=$claims$claim
  if [ "$index" = "$headed" ]; then
    claimed=$claim
    eval "signed_on_behalf=\$time_$index head=\$print_$index"
  fi
done
record=delegation/delegation.json
if [ -f "$record" ] || [ -f delegation/delegation.p7s ]; then
  if [ ! -f "$record" ] || [ ! -f delegation/delegation.p7s ]; then fail delegation_missing 'запись о доверенности неполна' 'ишеним каттын жазуусу толук эмес' 'the delegation record is not complete'; fi
  [ -n "$claims" ] || fail delegation_unused 'доверенность приложена, но по ней никто не подписывал' 'ишеним кат тиркелген, бирок ал боюнча эч ким кол койгон эмес' 'there is a delegation, but nobody signed by it'
  sum "$record"
  if [ "$claims" != "$claimed" ] || [ "$claimed" != "delegation:$value;delegate:$accountant" ]; then
    fail delegation_other 'подпись руководителя поставлена по другой доверенности' 'жетекчинин колтамгасы башка ишеним кат боюнча коюлган' "the head's signature was made by another delegation"
  fi
  signed delegation/delegation.p7s "$record" || fail delegation_signature "подпись доверенности неверна ($why)" "ишеним каттын колтамгасы туура эмес ($why)" "the signature of the delegation is wrong ($why)"
  stamped delegation/delegation.p7s
  [ "$signers$print_1" = "head $head" ] || fail delegation_signer 'доверенность подписал не этот руководитель' 'ишеним катка ушул жетекчи кол койгон эмес' 'the delegation is not signed by this head'
  in_force delegation delegation.p7s "$last"
  by_turns "$last" "$signed_on_behalf" 'delegation.p7s, report.p7s'
  field "$record" headCertificateSha256
  [ "$value" = "$head" ] || fail delegation_signer 'доверенность подписал не этот руководитель' 'ишеним катка ушул жетекчи кол койгон эмес' 'the delegation is not signed by this head'
  field "$record" delegateCertificateSha256
  [ "$value" = "$accountant" ] || fail delegation_delegate 'доверенность выдана не этому бухгалтеру' 'ишеним кат ушул бухгалтерге берилген эмес' 'the delegation is for another accountant'
  field "$record" companyInn
  [ "$value" = "$company" ] || fail delegation_terms 'доверенность другой организации' 'ишеним кат башка уюмдуку' 'the delegation is of another company'
  field postmark.json form
  form=${value%/*}
  field "$record" forms
  case $value in
  '["*"]' | *"\"$form\""*) ;;
  *) fail delegation_terms 'доверенность не на эту форму' 'ишеним кат бул формага эмес' 'the delegation is not for this form' ;;
  esac
  for bound in periodFrom periodTo; do
    field postmark.json "$bound"
    day=$value
    field "$record" "$bound"
    [ -n "$value" ] || continue
    # An ISO day without its dashes is a number that grows with time.
    one=${day%%-*}${day#*-}
    two=${value%%-*}${value#*-}
    one=${one%%-*}${one#*-}
    two=${two%%-*}${two#*-}
    value=$one$two
    numeric "$record"
    case $bound in
    periodFrom) [ "$one" -ge "$two" ] ;;
    *) [ "$one" -le "$two" ] ;;
    esac || fail delegation_terms 'доверенность не на этот период' 'ишеним кат бул мезгилге эмес' 'the delegation is not for this period'
  done
  field "$record" validFromEpoch
  numeric "$record"
  [ "$signed_on_behalf" -ge $((value - skew)) ] || fail delegation_terms 'доверенность ещё не действовала' 'ишеним кат күчүнө кире элек болчу' 'the delegation was not valid yet'
  field "$record" expiresAtEpoch
  numeric "$record"
  [ "$signed_on_behalf" -lt $((value + skew)) ] || fail delegation_terms 'доверенность уже не действовала' 'ишеним каттын мөөнөтү бүткөн болчу' 'the delegation was not valid any more'
  field "$record" delegateFullName
  pass delegation "за руководителя по его доверенности подписано: $value" "жетекчинин ишеним каты боюнча ал үчүн кол койгон: $value" "signed for the head, by the head's delegation: $value"
else
  [ -z "$claims" ] || fail delegation_missing 'подписано по доверенности, а её нет' 'ишеним кат боюнча кол коюлган, бирок ал жок' 'signed by a delegation that is not there'
  pass delegation 'без доверенности' 'ишеним катсыз' 'no delegation'
fi

# --- what came after: handed over, received, decided, linked to the report it corrects
field postmark.json receiptNumber
filing=$value
receipts=0
received=$postmarked
for name in hand-over agency-receipt decision correction; do
  json=receipts/$name.json
  if [ ! -f "$json" ] && [ ! -f "receipts/$name.p7s" ]; then continue; fi
  if [ ! -f "$json" ] || [ ! -f "receipts/$name.p7s" ]; then fail receipt "квитанция $name неполна" "$name квитанциясы толук эмес" "the receipt $name is not complete"; fi
  case $name in
  hand-over) stated=handedOverAtEpoch by=operator ;;
  agency-receipt) stated=receivedAtEpoch by=agency ;;
  decision) stated=decidedAtEpoch by=agency ;;
  *) stated=linkedAtEpoch by=operator ;;
  esac
  signed "receipts/$name.p7s" "$json" || fail receipt_signature "подпись квитанции $name неверна ($why)" "$name квитанциясынын колтамгасы туура эмес ($why)" "the signature of the receipt $name is wrong ($why)"
  [ "$signers" = "$by " ] || fail receipt_signer "квитанцию $name подписал не тот, кто должен" "$name квитанциясына тиешелүү тарап кол койгон эмес" "the receipt $name is not signed by who must"
  field "$json" reportSha256
  [ "$value" = "$report" ] || fail receipt_hash "квитанция $name выдана на другой отчёт" "$name квитанциясы башка отчётко берилген" "the receipt $name is for another report"
  field "$json" filingNumber
  [ "$value" = "$filing" ] || fail receipt_number "квитанция $name выдана на другой номер" "$name квитанциясы башка номерге берилген" "the receipt $name is for another number"
  stamped "receipts/$name.p7s"
  in_force "$name" "$name.p7s" "$last"
  field "$json" "$stated"
  numeric "$json"
  # The operator's documents are stamped when they are made, the agency's when they arrive.
  case $by in
  operator) near "$value" "$last" "$json" ;;
  *) by_turns "$value" "$last" "$json" ;;
  esac
  case $name in
  agency-receipt)
    by_turns "$postmarked" "$value" "postmark.json, $json"
    received=$value
    field "$json" signatureSha256
    [ "$value" = "$signatures" ] || fail receipt_hash 'квитанция выдана на другие подписи' 'квитанция башка колтамгаларга берилген' 'the receipt is for other signatures'
    ;;
  decision) by_turns "$received" "$value" "agency-receipt, $json" ;;
  *) by_turns "$postmarked" "$value" "postmark.json, $json" ;;
  esac
  case $name in
  hand-over) field "$json" attempt ;;
  correction) field "$json" correctsNumber ;;
  *) field "$json" verdict ;;
  esac
  receipts=$((receipts + 1))
  case $by in
  operator) text "документ $name подписан оператором" "$name документине оператор кол койгон" "the document $name is signed by the operator" ;;
  *) text "квитанция $name подписана госорганом" "$name квитанциясына мамлекеттик орган кол койгон" "the receipt $name is signed by the agency" ;;
  esac
  printf 'ok     %s: %s: %s\n' "$name" "$text" "$value"
done
pass receipts "квитанций: $receipts" "квитанциялар: $receipts" "receipts: $receipts"

# Second look at the script's own bytes, by another way than the first: the hash is looked up in the text of MANIFEST.
manifest=
while read -r sum path; do
  manifest="$manifest$path=$sum;"
done <MANIFEST
sum verify.sh
case ";$manifest" in
*";verify.sh=$value;"*) passed="$passed script" ;;
*) fail script 'сам verify.sh изменён' 'verify.sh өзү өзгөртүлгөн' 'verify.sh itself was altered' ;;
esac

text 'ВСЁ ВЕРНО' 'БААРЫ ТУУРА' 'EVERYTHING IS IN ORDER'
[ "$passed" = ' root manifest_signature files nothing_added certificates postmark postmark_hashes report_signature report_signers report_times delegation receipts script' ] &&
  printf 'OK %s\n' "$text"
