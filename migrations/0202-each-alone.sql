-- Behind a code and through a provider each recipient has a record of his own: his notice names nobody else.
alter table letters add column each_alone boolean not null default false;
