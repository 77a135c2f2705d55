-- Who did what: one hash chain for each company and one for the operator (see modules/audit/README.md). `data` is the exact text
-- that is hashed, so it is not jsonb. Chains are compared byte by byte, so that every server sorts them alike.
create table audit_event (
  chain text collate "C" not null,
  seq bigint not null constraint audit_event_seq check (seq > 0),
  at timestamptz not null,
  act text not null,
  actor_kind text not null,
  actor_id text,
  actor_name text,
  address text,
  user_agent text,
  on_behalf_of text,
  subject_kind text,
  subject_id text,
  data text not null,
  previous_hash bytea not null constraint audit_event_previous_hash_length check (octet_length(previous_hash) = 32),
  hash bytea not null constraint audit_event_hash_length check (octet_length(hash) = 32),
  primary key (chain, seq)
);

-- Where each chain ends: locked while one is added to. A head is unwitnessed while no checkpoint names it.
create table audit_head (
  chain text collate "C" primary key,
  seq bigint not null,
  hash bytea not null constraint audit_head_hash_length check (octet_length(hash) = 32),
  unwitnessed boolean not null
) with (fillfactor = 70);
create index audit_head_unwitnessed on audit_head (chain) where unwitnessed;

-- What the operator's signature witnesses: the heads of the chains that moved since the checkpoint before.
create table audit_checkpoint (
  number bigint primary key constraint audit_checkpoint_number check (number > 0),
  at timestamptz not null,
  previous_hash bytea not null constraint audit_checkpoint_previous_hash_length check (octet_length(previous_hash) = 32),
  hash bytea not null constraint audit_checkpoint_hash_length check (octet_length(hash) = 32),
  signature bytea not null
);

create table audit_checkpoint_head (
  chain text collate "C" not null,
  seq bigint not null,
  hash bytea not null constraint audit_checkpoint_head_hash_length check (octet_length(hash) = 32),
  checkpoint bigint not null references audit_checkpoint (number),
  primary key (chain, seq, checkpoint)
);
create index audit_checkpoint_head_by_checkpoint on audit_checkpoint_head (checkpoint, chain);

-- What a trigger refuses by append_only() is refused by grant as well: `sochi migrate` takes exactly these rights on the table from
-- the role that web and worker run as (db/grant-app-rights.ts).
create trigger audit_head_never_deleted before delete or truncate on audit_head
  for each statement execute function append_only();
create trigger audit_event_append_only before update or delete or truncate on audit_event
  for each statement execute function append_only();
create trigger audit_checkpoint_append_only before update or delete or truncate on audit_checkpoint
  for each statement execute function append_only();
create trigger audit_checkpoint_head_append_only before update or delete or truncate on audit_checkpoint_head
  for each statement execute function append_only();
create trigger filing_event_never_emptied before truncate on filing_event
  for each statement execute function append_only();
create trigger filing_document_never_emptied before truncate on filing_document
  for each statement execute function append_only();
create trigger ledger_entry_never_emptied before truncate on ledger_entry
  for each statement execute function append_only();
create trigger filing_signature_append_only before update or delete or truncate on filing_signature
  for each statement execute function append_only();
create trigger content_append_only before update or delete or truncate on content
  for each statement execute function append_only();
