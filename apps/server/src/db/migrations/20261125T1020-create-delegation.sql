-- What a head has signed to let reports of the accountant carry the head's signature. `record` is the truth: the bytes the head
-- signed, to which the key is sealed; the columns beside it only find the row. An ended one keeps its row without the key.
create table delegation (
  id uuid primary key,
  company_id uuid not null references company (id),
  head_id uuid not null references officer (id),
  head_credential_id uuid not null references credential (id),
  delegate_id uuid not null references officer (id),
  delegate_credential_id uuid not null references credential (id),
  record bytea not null,
  signature bytea not null,
  sealed_key bytea,
  grant_key text not null,
  granted_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz,
  ended_why text constraint delegation_ended_why check (ended_why in ('taken_away', 'replaced', 'pin_changed',
    'certificate_revoked', 'certificate_suspended', 'certificate_renewed', 'expired', 'damaged')),
  constraint delegation_key_until_ended check ((sealed_key is null) = (ended_at is not null)),
  constraint delegation_end_has_reason check ((ended_at is null) = (ended_why is null)),
  constraint delegation_granted_once unique (company_id, grant_key)
);
create unique index delegation_active on delegation (head_id) where ended_at is null;
create index delegation_by_company on delegation (company_id, id desc);
create index delegation_by_head_credential on delegation (head_credential_id) where ended_at is null;
create index delegation_by_delegate_credential on delegation (delegate_credential_id) where ended_at is null;
create index delegation_by_expiry on delegation (expires_at) where ended_at is null;

-- Nobody brings an ended delegation back to life, and what was signed stays what it was.
create function delegation_stays_ended() returns trigger language plpgsql as $$
begin
  if old.ended_at is not null then
    raise exception 'delegation % has ended', old.id;
  end if;
  return new;
end $$;
create trigger delegation_stays_ended before update or delete on delegation
  for each row execute function delegation_stays_ended();

-- One row for each report that carries the head's signature by delegation.
create table delegation_use (
  id uuid primary key,
  delegation_id uuid not null references delegation (id),
  company_id uuid not null references company (id),
  filing_id uuid not null references filing (id) constraint delegation_use_once unique,
  used_at timestamptz not null,
  -- In tyiyn; null when the form does not say what its tax is.
  tax_due bigint
);
create index delegation_use_newest on delegation_use (company_id, id desc);
create index delegation_use_of_delegation on delegation_use (delegation_id);
create trigger delegation_use_append_only before update or delete on delegation_use
  for each statement execute function append_only();

-- Who acted when a signature was made by delegation; both empty for a signature made by the officer.
alter table filing_signature add column delegation_id uuid references delegation (id);
alter table filing_signature add column delegate_full_name text;
alter table filing_signature add constraint filing_signature_delegate
  check ((delegation_id is null) = (delegate_full_name is null));

-- Why a report waits for the head although there was a delegation.
alter table filing add column not_on_behalf text constraint filing_not_on_behalf
  check (not_on_behalf in ('delegate_certificate', 'head_certificate', 'not_yet_valid', 'expired', 'form', 'period',
    'tax_unknown', 'tax_ceiling', 'ended', 'damaged'));
