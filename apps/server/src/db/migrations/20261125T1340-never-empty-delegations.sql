-- What a delegation was used for and what was said of certificates is never emptied either. A delegation is updated when it ends, and
-- its row stays; `sochi migrate` takes the right to delete it from the role that web and worker run as.
create trigger delegation_never_deleted before delete or truncate on delegation
  for each statement execute function append_only();
create trigger delegation_use_never_emptied before truncate on delegation_use
  for each statement execute function append_only();
create trigger filing_revocation_never_emptied before truncate on filing_revocation
  for each statement execute function append_only();
