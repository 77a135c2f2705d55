-- More documents that prove a filing: the hand-over, the delegation that a signature was made by, the link of a correction.
alter table filing_document drop constraint filing_document_kind;
alter table filing_document add constraint filing_document_kind
  check (kind in ('postmark', 'hand-over', 'agency-receipt', 'decision', 'delegation', 'correction'));

-- What the certification centre said of the certificates when a document was signed: revocation lists and OCSP answers (DER) in
-- `content`, by the document they belong to. A later list would not do: it also names what was revoked afterwards.
create table filing_revocation (
  filing_id uuid not null references filing (id),
  document text not null constraint filing_revocation_document
    check (document in ('postmark', 'hand-over', 'agency-receipt', 'decision', 'delegation', 'correction')),
  file text not null constraint filing_revocation_file check (file ~ '^[0-9a-f]{16}\.(crl|ocsp)$'),
  content_sha256 bytea not null references content (sha256),
  created_at timestamptz not null default now(),
  primary key (filing_id, document, file)
);
create trigger filing_revocation_append_only before update or delete on filing_revocation
  for each statement execute function append_only();
