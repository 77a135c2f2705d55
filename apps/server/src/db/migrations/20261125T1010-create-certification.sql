-- The certification centre: who acts in it, what it issued, what was done on which documents, and its revocation lists.
create table certification_officer (
  id uuid primary key,
  full_name text not null,
  -- The access token itself is shown once and kept nowhere.
  token_sha256 bytea not null constraint certification_officer_token_unique unique
    constraint certification_officer_token_length check (octet_length(token_sha256) = 32),
  created_at timestamptz not null,
  ended_at timestamptz
);
create unique index certification_officer_name on certification_officer (full_name) where ended_at is null;

alter table credential drop constraint credential_state;
alter table credential add constraint credential_state
  check (state in ('active', 'locked', 'suspended', 'expired', 'revoked'));

create index session_by_credential on session (credential_id);

create table issued_certificate (
  id uuid primary key,
  serial text not null constraint issued_certificate_serial_unique unique,
  -- Whose key signed it, and on whose list it stands when it is revoked.
  authority text not null constraint issued_certificate_authority check (authority in ('root', 'issuing')),
  profile text not null constraint issued_certificate_profile check (profile in
    ('root', 'issuing', 'head', 'accountant', 'complex', 'operator', 'timestamp', 'ocsp', 'agency')),
  subject jsonb not null,
  der bytea not null,
  sha256 bytea not null constraint issued_certificate_sha256_unique unique,
  -- SHA-256 of the public key: one key, one holder. Null only until the centre is next installed, for certificates of before.
  key_sha256 bytea,
  credential_id uuid references credential (id),
  replaces uuid references issued_certificate (id) constraint issued_certificate_replaced_once unique,
  valid_from timestamptz not null,
  valid_to timestamptz not null,
  state text not null constraint issued_certificate_state check (state in ('active', 'suspended', 'revoked')),
  state_reason text,
  state_since timestamptz,
  created_at timestamptz not null,
  constraint issued_certificate_state_explained check (
    (state = 'active') = (state_reason is null) and (state = 'active') = (state_since is null))
);
create index issued_certificate_not_active on issued_certificate (authority, valid_to) where state <> 'active';
create index issued_certificate_by_credential on issued_certificate (credential_id, valid_to);
create index issued_certificate_by_key on issued_certificate (key_sha256);
create index issued_certificate_by_company on issued_certificate ((subject ->> 'companyInn'), id desc);

create function issued_certificate_never_rewritten() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    raise exception 'an issued certificate is kept for ever';
  end if;
  if row (new.id, new.serial, new.authority, new.profile, new.subject, new.der, new.sha256, new.credential_id, new.replaces,
      new.valid_from, new.valid_to, new.created_at)
    is distinct from row (old.id, old.serial, old.authority, old.profile, old.subject, old.der, old.sha256, old.credential_id,
      old.replaces, old.valid_from, old.valid_to, old.created_at)
    or (old.key_sha256 is not null and new.key_sha256 is distinct from old.key_sha256) then
    raise exception 'certificate % was about to be rewritten', old.serial;
  end if;
  if old.state = 'revoked' and row (new.state, new.state_reason, new.state_since)
    is distinct from row (old.state, old.state_reason, old.state_since) then
    raise exception 'certificate % is revoked, for ever', old.serial;
  end if;
  return new;
end $$;
create trigger issued_certificate_never_rewritten before update or delete on issued_certificate
  for each row execute function issued_certificate_never_rewritten();
create trigger issued_certificate_never_emptied before truncate on issued_certificate
  for each statement execute function append_only();

create table certification_act (
  id uuid primary key,
  at timestamptz not null,
  -- Null: the centre's own program, for its own certificates.
  officer_id uuid references certification_officer (id),
  act text not null constraint certification_act_kind check (act in ('issue', 'renew', 'suspend', 'resume', 'revoke')),
  certificate_id uuid not null references issued_certificate (id),
  reason text,
  -- What it rested on: a list of { kind, number, date }.
  documents jsonb not null constraint certification_act_documents_list check (jsonb_typeof(documents) = 'array'),
  -- The state of the credential before, where the act changed it: a locked one is locked again after a suspension.
  credential_was text,
  idempotency_key text,
  constraint certification_act_once unique (officer_id, idempotency_key)
);
create index certification_act_by_certificate on certification_act (certificate_id, id);
create trigger certification_act_append_only before update or delete or truncate on certification_act
  for each statement execute function append_only();

create table revocation_list (
  authority text not null constraint revocation_list_authority check (authority in ('root', 'issuing')),
  number bigint not null constraint revocation_list_number check (number > 0),
  this_update timestamptz not null,
  next_update timestamptz not null,
  -- Of what is on it: differs as soon as a certificate was revoked, suspended or resumed since.
  entries_sha256 bytea not null,
  der bytea not null,
  primary key (authority, number)
);
create trigger revocation_list_append_only before update or delete or truncate on revocation_list
  for each statement execute function append_only();

-- Certificates of before the centre: their acts were not kept.
insert into issued_certificate
  (id, serial, authority, profile, subject, der, sha256, credential_id, valid_from, valid_to, state, state_reason, state_since, created_at)
select uuidv7(), credential.serial, 'issuing', officer.role,
  jsonb_build_object('commonName', officer.full_name, 'organizationName', company.name, 'companyInn', company.inn,
    'personalInn', officer.personal_inn),
  credential.certificate, sha256(credential.certificate), credential.id, credential.valid_from, credential.valid_to,
  case when credential.state = 'revoked' then 'revoked' else 'active' end,
  case when credential.state = 'revoked' then 'unspecified' end,
  case when credential.state = 'revoked' then now() end,
  credential.created_at
from credential
join officer on officer.id = credential.officer_id
join company on company.id = officer.company_id;
