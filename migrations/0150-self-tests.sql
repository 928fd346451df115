-- Mails that a sender sent to find out what of a mail survives its way, and what was found.
create table self_tests (
  id          text primary key,
  company_id  text not null,
  sender_id   text not null,
  way         text not null,              -- how it comes back: return_host, mailbox, pasted
  to_address  text not null,
  sent        jsonb not null,             -- what left: From, envelope sender, Message-ID, our header, code, server
  state       text not null,              -- waiting, arrived, not_sent, came_back
  answer      text,                       -- what a server said of it where it did not arrive
  findings    jsonb,                      -- what of it arrived
  sent_at     timestamptz(3) not null,
  ended_at    timestamptz(3)
);
create index self_tests_sender on self_tests (company_id, sender_id, id);
