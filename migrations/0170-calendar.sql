-- Which days are no working days for a company: the public holidays of a country or region, where it keeps them, and days of its own.
create table company_calendars (
  company_id  text primary key,
  avoids      boolean not null,                      -- reminders and office hours leave these days out
  country     text not null,                         -- ISO 3166-1 alpha-2
  region      text,                                  -- the part after the country in ISO 3166-2; null: the whole country
  changed_at  timestamptz(3) not null
);

create table company_days (
  company_id  text not null,
  day         text not null check (day ~ '^\d{4}-\d{2}-\d{2}$'),
  is_free     boolean not null,                      -- false: worked, although it is a public holiday
  name        text not null default '',
  primary key (company_id, day)
);
