-- Why a mail went in the clear although the server offered encryption: {why: refused | failed, said}.
alter table attempts add column tls_given_up jsonb;
