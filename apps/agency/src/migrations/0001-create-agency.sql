-- What the agency received, and what it answered. Bytes exactly as they came and as they were signed.
create table agency.report (
  id bigint generated always as identity primary key,
  number text not null constraint report_number_unique unique,
  form_id text not null,
  company_inn text not null,
  office text not null,
  period_from date not null,
  period_to date not null,
  report_sha256 text not null,
  signature_sha256 text not null,
  report bytea not null,
  signature bytea not null,
  received_at timestamptz not null,
  -- Null for a refused report, which has reasons instead.
  agency_number text constraint report_agency_number_unique unique,
  receipt bytea,
  receipt_signature bytea,
  refusal jsonb,
  constraint report_answered check ((receipt is null) = (refusal is not null))
);

-- Reports that wait for the robot.
create table agency.waiting (
  report_id bigint primary key references agency.report (id),
  due_at timestamptz not null
);
create index waiting_by_due on agency.waiting (due_at);

-- Decisions in the order in which they became visible: places are given under a lock, so that none appears behind a reader.
create table agency.decision (
  place bigint primary key,
  report_id bigint not null constraint decision_once unique references agency.report (id),
  number text not null,
  decision bytea not null,
  signature bytea not null,
  decided_at timestamptz not null
);

create sequence agency.number_block;
