-- A word by which a company sorts its customers ("Wholesale"); reminders and automatic sending can be chosen by it.
alter table customers add column category text;
create index customers_by_category on customers (company_id, lower(category)) where category is not null;
