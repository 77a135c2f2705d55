#!/bin/sh
# Checks an evidence bundle of SOchI offline. Needs sh, openssl 3 and (for a .zip) unzip, and nothing else.
#   sh verify.sh [--root-sha256 HEX] [FOLDER | FILE.zip]
# Ends with OK and 0, or with FAILED, the reason and another number. A step can only add to "passed";
# the last lines ask whether all of it is there. The script checks its own bytes twice, in two ways.

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

# signed CMS CONTENT TIME...: checks signatures and chain; sets $signers to lines "role inn sha256 ", $number to their count
signed() {
  cms=$1
  content=$2
  shift 2
  # Only the root of this bundle is trusted; -binary keeps the bytes as they are; -purpose any as no e-mail is meant.
  out=$(openssl cms -verify -binary -cades -purpose any "$@" -inform DER -in "$cms" -content "$content" \
    -CAfile certs/root.pem -no-CApath -no-CAstore -certfile certs/chain.pem \
    -signer /dev/stdout -out /dev/null 2>&1)
  result=$?
  number=0
  signers=
  why=
  pem=
  while read -r line; do
    case $line in
    *'Verify error:'*) why=${line##*'Verify error:'} ;;
    *'verification failure'* | *'no matching digest'* | *'verify failure'*) why=${why:-"${line##*:}"} ;;
    esac
    case $line in
    '-----BEGIN CERTIFICATE-----')
      pem=$line
      ;;
    '-----END CERTIFICATE-----')
      pem="$pem
$line"
      number=$((number + 1))
      named "$pem"
      signers="$signers$role $inn $print;"
      certificate=$pem
      pem=
      ;;
    *)
      [ -z "$pem" ] || pem="$pem
$line"
      ;;
    esac
  done <<END
$out
END
  return "$result"
}

# named PEM: sets $role, $inn and $print (SHA-256) of one certificate; an attribute that comes twice counts as none
named() {
  role=none
  inn=none
  roles=0
  inns=0
  subject=$(printf '%s\n' "$1" | openssl x509 -noout -subject -nameopt sep_multiline,oid,esc_ctrl,esc_msb,utf8 2>/dev/null)
  while read -r line; do
    case $line in
    2.5.4.12=*)
      role=${line#*=}
      roles=$((roles + 1))
      ;;
    2.5.4.97=*)
      inn=${line#*=}
      inns=$((inns + 1))
      ;;
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

# --- MANIFEST: signed by the operator, names every file, and every file is as it names
signed MANIFEST.p7s MANIFEST -no_check_time || fail manifest_signature "подпись описи неверна ($why)" "тизменин колтамгасы туура эмес ($why)" "the signature of the manifest is wrong ($why)"
case $number$signers in
'1operator '*) ;;
*) fail manifest_signer 'опись подписал не оператор' 'тизмеге оператор кол койгон эмес' 'the manifest is not signed by the operator' ;;
esac
# openssl passes over some bytes inside MANIFEST.p7s: a bare signature over the whole file, by the same key, holds them all.
printf '%s\n' "$certificate" | openssl x509 -noout -pubkey 2>/dev/null |
  openssl dgst -sha256 -verify /dev/stdin -signature MANIFEST.sig MANIFEST.p7s >/dev/null 2>&1 ||
  fail manifest_seal 'файл MANIFEST.p7s или MANIFEST.sig изменён' 'MANIFEST.p7s же MANIFEST.sig файлы өзгөртүлгөн' 'MANIFEST.p7s or MANIFEST.sig was altered'
pass manifest_signature 'опись подписана оператором' 'тизмеге оператор кол койгон' 'the manifest is signed by the operator'

seen=' '
while read -r sum path; do
  case $path in
  '' | /* | *..* | *[!A-Za-z0-9./_-]*) fail manifest "недопустимое имя в описи: $path" "тизмеде жараксыз ат: $path" "a name not allowed in the manifest: $path" ;;
  esac
  case $seen in
  *" $path "*) fail manifest "имя дважды в описи: $path" "ат тизмеде эки жолу: $path" "named twice in the manifest: $path" ;;
  esac
  seen="$seen$path "
  if [ ! -f "$path" ] || [ -L "$path" ]; then fail file_missing "нет файла $path" "$path файлы жок" "the file $path is missing"; fi
  found=$(openssl dgst -sha256 -r "$path" 2>/dev/null)
  [ "${found%% *}" = "$sum" ] || fail file_altered "файл изменён: $path" "файл өзгөртүлгөн: $path" "the file was altered: $path"
done <MANIFEST
for path in VERIFY.md certs/chain.pem certs/root.pem postmark.json postmark.p7s report.p7s report.xml verify.sh; do
  case $seen in
  *" $path "*) ;;
  *) fail file_missing "в описи нет файла $path" "тизмеде $path файлы жок" "the manifest lacks the file $path" ;;
  esac
done
pass files 'каждый файл из описи на месте и не изменён' 'тизмедеги ар бир файл ордунда жана өзгөртүлгөн эмес' 'every file of the manifest is there and unaltered'

for path in * .[!.]* ..?* certs/* certs/.[!.]* certs/..?* receipts/* receipts/.[!.]* receipts/..?*; do
  # A pattern that found nothing stands for itself.
  if [ ! -e "$path" ] && [ ! -L "$path" ]; then continue; fi
  case $path in
  MANIFEST | MANIFEST.p7s | MANIFEST.sig | certs | receipts) continue ;;
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
  [ "$times" = 1 ] || fail field "в $1 нет поля $2" "$1 ичинде $2 талаасы жок" "$1 has no field $2"
}

# sum FILE: sets $value to its SHA-256
sum() {
  value=$(openssl dgst -sha256 -r "$1" 2>/dev/null)
  value=${value%% *}
}

# --- the postmark: first the signature, then its time may be used
signed postmark.p7s postmark.json -no_check_time || fail postmark_signature "подпись штемпеля неверна ($why)" "штемпелдин колтамгасы туура эмес ($why)" "the signature of the postmark is wrong ($why)"
case $number$signers in
'1operator '*) ;;
*) fail postmark_signer 'штемпель подписал не оператор' 'штемпелге оператор кол койгон эмес' 'the postmark is not signed by the operator' ;;
esac
field postmark.json postmarkedAtEpoch
epoch=$value
case $epoch in
'' | *[!0-9]*) fail postmark_time 'в штемпеле нет времени' 'штемпелде убакыт жок' 'the postmark has no time' ;;
esac
signed postmark.p7s postmark.json -attime "$epoch" || fail postmark_signature "сертификат оператора не действовал в момент штемпеля ($why)" "оператордун сертификаты штемпель коюлганда жараксыз болгон ($why)" "the operator's certificate was not valid at the postmark's time ($why)"
field postmark.json postmarkedAtBishkek
pass postmark "штемпель подписан оператором: $value" "штемпелге оператор кол койгон: $value" "the postmark is signed by the operator: $value"

field postmark.json reportSha256
report=$value
sum report.xml
[ "$value" = "$report" ] || fail report_hash 'штемпель поставлен на другой отчёт' 'штемпель башка отчётко коюлган' 'the postmark is for another report'
field postmark.json signatureSha256
signature=$value
sum report.p7s
[ "$value" = "$signature" ] || fail signature_hash 'штемпель поставлен на другие подписи' 'штемпель башка колтамгаларга коюлган' 'the postmark is for other signatures'
pass postmark_hashes 'штемпель поставлен на этот отчёт и на эти подписи' 'штемпель ушул отчётко жана ушул колтамгаларга коюлган' 'the postmark is for this report and these signatures'

# --- the report: signed by exactly those who must, all of the one company
signed report.p7s report.xml -attime "$epoch" || fail report_signature "подписи отчёта неверны ($why)" "отчёттун колтамгалары туура эмес ($why)" "the signatures of the report are wrong ($why)"
pass report_signature 'подписи отчёта верны на момент штемпеля' 'отчёттун колтамгалары штемпель коюлган учурда туура' "the report's signatures are right at the postmark's time"
field postmark.json requiredSigners
required=$value
field postmark.json companyInn
company=$value
expected=0
names=
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
  rest=$signers
  while [ -n "$rest" ]; do
    one=${rest%%;*}
    rest=${rest#*;}
    case $one in
    "$who $company $value") state=found ;;
    "$who "*" $value") state=foreign ;;
    esac
  done
  case $state in
  found) ;;
  foreign) fail report_company "сертификат ($text) другой организации" "сертификат ($text) башка уюмдуку" "the certificate ($text) is of another company" ;;
  *) fail report_signers "нет подписи: $text" "колтамга жок: $text" "a signature is missing: $text" ;;
  esac
done
[ "$number" = "$expected" ] || fail report_signers "подписей $number, должно быть $expected" "колтамга $number, $expected болушу керек" "$number signatures where $expected must be"
pass report_signers "подписали: $names; ИНН организации $company" "кол койгондор: $names; уюмдун ИНН $company" "signed by: $names; company INN $company"

# --- the agency's receipts, if it has answered
field postmark.json receiptNumber
filing=$value
receipts=0
for name in agency-receipt decision; do
  json=receipts/$name.json
  if [ ! -f "$json" ] && [ ! -f "receipts/$name.p7s" ]; then continue; fi
  if [ ! -f "$json" ] || [ ! -f "receipts/$name.p7s" ]; then fail receipt "квитанция $name неполна" "$name квитанциясы толук эмес" "the receipt $name is not complete"; fi
  case $name in
  decision) field "$json" decidedAtEpoch ;;
  *) field "$json" receivedAtEpoch ;;
  esac
  signed "receipts/$name.p7s" "$json" -attime "$value" || fail receipt_signature "подпись квитанции $name неверна ($why)" "$name квитанциясынын колтамгасы туура эмес ($why)" "the signature of the receipt $name is wrong ($why)"
  case $number$signers in
  '1agency '*) ;;
  *) fail receipt_signer "квитанцию $name подписал не госорган" "$name квитанциясына мамлекеттик орган кол койгон эмес" "the receipt $name is not signed by the agency" ;;
  esac
  field "$json" reportSha256
  [ "$value" = "$report" ] || fail receipt_hash "квитанция $name выдана на другой отчёт" "$name квитанциясы башка отчётко берилген" "the receipt $name is for another report"
  field "$json" filingNumber
  [ "$value" = "$filing" ] || fail receipt_number "квитанция $name выдана на другой номер" "$name квитанциясы башка номерге берилген" "the receipt $name is for another number"
  if [ "$name" = agency-receipt ]; then
    field "$json" signatureSha256
    [ "$value" = "$signature" ] || fail receipt_hash 'квитанция выдана на другие подписи' 'квитанция башка колтамгаларга берилген' 'the receipt is for other signatures'
  fi
  field "$json" verdict
  receipts=$((receipts + 1))
  text "квитанция $name подписана госорганом" "$name квитанциясына мамлекеттик орган кол койгон" "the receipt $name is signed by the agency"
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
[ "$passed" = ' root manifest_signature files nothing_added postmark postmark_hashes report_signature report_signers receipts script' ] &&
  printf 'OK %s\n' "$text"
