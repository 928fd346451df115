-- Texts that a company keeps; where it has none, the built-in one stands.
create table templates (
  id          text primary key,
  company_id  text not null,
  kind        text not null,                     -- of the document, or 'several'
  purpose     text not null check (purpose in ('first', 'reminder', 'resend')),
  language    text not null,
  name        text not null,
  subject     text not null,
  html        text not null,                     -- with Liquid variables; cleaned
  sender_id   text,                              -- mails with this text go out from it
  is_default  boolean not null,                  -- proposed for its kind, purpose and language
  version     integer not null default 1,
  created_at  timestamptz(3) not null,
  updated_at  timestamptz(3) not null
);
create unique index templates_default on templates (company_id, kind, purpose, language) where is_default;
create unique index templates_name on templates (company_id, kind, purpose, language, lower(name));

alter table dispatches add column template_id text, add column template_version integer;

-- What the letters and the customer's page say of the company, and how it is paid.
alter table companies
  add column letter_footer text not null default '',
  add column payment_link text,                  -- with {number}, {amount} and so on
  add column iban text,
  add column bic text,
  add column account_holder text,
  add column quote_terms text not null default '',
  add column decision_code_above numeric;        -- accepting a quote above it needs a mailed code; null: never
