-- Companies, the people who sign for them, and their signatures.
create table company (
  id uuid primary key,
  inn text not null constraint company_inn_unique unique constraint company_inn_shape check (inn ~ '^[012][0-9]{13}$'),
  name text not null,
  office_code text not null,
  office_name text not null,
  phone text not null,
  legal_form text not null,
  okpo text not null,
  created_at timestamptz not null default now()
);

create table officer (
  id uuid primary key,
  company_id uuid not null references company (id),
  role text not null constraint officer_role check (role in ('head', 'accountant')),
  full_name text not null,
  personal_inn text not null,
  created_at timestamptz not null default now(),
  constraint officer_of_company_unique unique (company_id, role)
);

create table credential (
  id uuid primary key,
  officer_id uuid not null references officer (id),
  carrier text not null constraint credential_carrier check (carrier in ('cloud', 'token')),
  state text not null constraint credential_state check (state in ('active', 'locked', 'expired', 'revoked')),
  certificate bytea not null,
  serial text not null,
  valid_from timestamptz not null,
  valid_to timestamptz not null,
  sealed_key bytea,
  created_at timestamptz not null default now()
);
create index credential_by_officer on credential (officer_id);

-- The operator's certificates: root, issuing, operator. The operator's own key is sealed by the keystore; the keys of the
-- certification centre are kept outside the database.
create table service_key (
  name text primary key,
  certificate bytea not null,
  sealed_key bytea,
  created_at timestamptz not null default now()
);

create table session (
  id uuid primary key,
  token_sha256 bytea not null constraint session_token_unique unique,
  credential_id uuid not null references credential (id),
  officer_id uuid not null references officer (id),
  company_id uuid not null references company (id),
  signing_grant bytea not null,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null
);
create index session_by_expiry on session (expires_at);

-- Counted before the PIN is checked, so that parallel guesses cannot slip through. Subject: credential or network address.
create table login_attempt (
  scope text not null constraint login_attempt_scope check (scope in ('credential', 'address')),
  subject text not null,
  window_start timestamptz not null,
  attempts integer not null,
  primary key (scope, subject)
);

-- Bytes by their SHA-256: stored once, exactly as signed, never re-serialised.
create table content (
  sha256 bytea primary key constraint content_sha256_length check (octet_length(sha256) = 32),
  bytes bytea not null
);

create sequence filing_number;

create table filing (
  id uuid primary key,
  number text not null constraint filing_number_unique unique,
  company_id uuid not null references company (id),
  form_id text not null,
  agency text not null,
  period_from date not null,
  period_to date not null,
  kind text not null constraint filing_kind check (kind in ('initial', 'corrected', 'liquidation')),
  delivery text not null constraint filing_delivery
    check (delivery in ('draft', 'awaiting_head', 'awaiting_accountant', 'queued', 'delivered')),
  check_state text constraint filing_check_state check (check_state in ('awaiting_check', 'accepted', 'rejected')),
  author_id uuid not null references officer (id),
  answers jsonb not null,
  version integer not null,
  -- The company's requisites and the day as they were when the bytes were fixed.
  context jsonb,
  report_sha256 bytea references content (sha256),
  signature_sha256 bytea references content (sha256),
  signed_at timestamptz,
  postmarked_at timestamptz,
  handed_over_at timestamptz,
  agency_received_at timestamptz,
  decided_at timestamptz,
  agency_number text,
  rejection jsonb,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint filing_check_after_delivery check ((check_state is not null) = (delivery = 'delivered')),
  constraint filing_postmark_before_queue check (delivery not in ('queued', 'delivered') or postmarked_at is not null)
);
create index filing_archive on filing (company_id, id desc) where delivery <> 'draft';
create index filing_drafts on filing (company_id, id desc) where delivery = 'draft';
create index filing_to_sign on filing (company_id, delivery, id desc) where delivery in ('awaiting_head', 'awaiting_accountant');
create index filing_last_of_form on filing (company_id, form_id, postmarked_at desc) where postmarked_at is not null;
create index filing_waiting on filing (updated_at) where delivery = 'queued';

create function filing_moments_never_move() returns trigger language plpgsql as $$
begin
  if (old.signed_at is not null and new.signed_at is distinct from old.signed_at)
    or (old.postmarked_at is not null and new.postmarked_at is distinct from old.postmarked_at)
    or (old.handed_over_at is not null and new.handed_over_at is distinct from old.handed_over_at)
    or (old.agency_received_at is not null and new.agency_received_at is distinct from old.agency_received_at)
    or (old.decided_at is not null and new.decided_at is distinct from old.decided_at)
    or (old.report_sha256 is not null and new.report_sha256 is distinct from old.report_sha256) then
    raise exception 'a moment or the report of filing % was about to be rewritten', old.id;
  end if;
  return new;
end $$;
create trigger filing_moments_never_move before update on filing
  for each row execute function filing_moments_never_move();

create table filing_signature (
  filing_id uuid not null references filing (id),
  role text not null,
  officer_id uuid not null references officer (id),
  full_name text not null,
  certificate bytea not null,
  signed_at timestamptz not null,
  primary key (filing_id, role)
);

create table filing_document (
  filing_id uuid not null references filing (id),
  kind text not null constraint filing_document_kind check (kind in ('postmark', 'agency-receipt', 'decision')),
  json bytea not null,
  signature bytea not null,
  created_at timestamptz not null default now(),
  primary key (filing_id, kind)
);

create table filing_event (
  filing_id uuid not null,
  at timestamptz not null,
  seq integer not null,
  event text not null,
  from_state text,
  to_state text not null,
  officer_id uuid,
  note text,
  data jsonb,
  primary key (filing_id, seq)
);

create function append_only() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name;
end $$;
create trigger filing_event_append_only before update or delete on filing_event
  for each statement execute function append_only();
create trigger filing_document_append_only before update or delete on filing_document
  for each statement execute function append_only();

-- What was tried towards the agency. One row per call.
create table delivery_attempt (
  id uuid primary key,
  filing_id uuid not null references filing (id),
  started_at timestamptz not null,
  finished_at timestamptz,
  outcome text,
  detail text
);
create index delivery_attempt_by_filing on delivery_attempt (filing_id, started_at);

-- How far the decisions of an agency have been read; one worker reads at a time.
create table agency_feed (
  agency text primary key,
  cursor text not null,
  leased_by uuid,
  leased_until timestamptz not null
);

-- What a person at the operator must look at. Nothing ever stops silently.
create table work_item (
  id uuid primary key,
  kind text not null,
  filing_id uuid references filing (id),
  detail text not null,
  created_at timestamptz not null,
  done_at timestamptz
);
create unique index work_item_open on work_item (kind, filing_id) where done_at is null;

-- Money of a company in tyiyn: the balance is the sum.
create table ledger_entry (
  id uuid primary key,
  company_id uuid not null references company (id),
  amount bigint not null,
  purpose text not null,
  created_at timestamptz not null
);
create index ledger_entry_by_company on ledger_entry (company_id) include (amount);
create trigger ledger_entry_append_only before update or delete on ledger_entry
  for each statement execute function append_only();

create table news (
  id uuid primary key,
  published_at timestamptz not null,
  agency text,
  title jsonb not null,
  body jsonb not null
);
create index news_newest on news (published_at desc, id desc);

-- One row per command that must not happen twice.
create table idempotency_key (
  company_id uuid not null references company (id),
  key text not null,
  command text not null,
  filing_id uuid not null,
  created_at timestamptz not null default now(),
  primary key (company_id, key)
);
