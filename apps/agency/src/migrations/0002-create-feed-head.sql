-- The last place given to a decision. Its row is locked until the places given out of it are committed, so that none appears
-- behind a reader.
create table agency.feed_head (
  id boolean primary key default true constraint feed_head_single check (id),
  place bigint not null
);
insert into agency.feed_head (place) select coalesce(max(place), 0) from agency.decision;
