alter table api_keys add column expires_at timestamptz(3);
alter table api_keys add column is_test boolean not null default false;  -- whatever it sends stays in the sandbox
