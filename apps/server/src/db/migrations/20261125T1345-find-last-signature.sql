-- A revocation counts from after the last signature that was recorded.
create index filing_signature_by_officer on filing_signature (officer_id, signed_at desc);
