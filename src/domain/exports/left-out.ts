/** Tables of a company that an export leaves out, and why. Every other table that has a `company_id` is exported whole. */
export const leftOutTables: Readonly<Record<string, string>> = {
  sessions: 'signed-in browsers; they let somebody in',
  idempotency_keys: 'answers to programs, kept for a day',
  codes: 'codes that were mailed; they let somebody in',
  delivery_codes: 'codes that were mailed; they let somebody in',
  delivery_sessions: 'browsers that have given a code; they let somebody in',
  intakes: 'marks by which a mail or file is not taken in twice',
  taken_hits: 'marks by which a visit is not counted twice',
  told_reports: 'marks by which a report is not told twice',
  run_claims: 'marks by which a document is in one run only, while the run lasts',
  sender_paces: 'when a sender may send next',
  event_heads: 'the last event of each chain; it follows from the events',
  document_overview: 'worked out from the other tables',
  message_overview: 'worked out from the other tables',
  message_days: 'worked out from the other tables',
  page_images: 'pictures of pages; they are drawn from the documents',
  evidence_bundles: 'made from the rest, and gone after 7 days',
  evidence_bundle_files: 'made from the rest, and gone after 7 days',
  company_exports: 'the exports themselves',
  company_export_entries: 'the exports themselves',
};

/** Columns that an export leaves out: what opens a door, and what is given in another form. */
export const withheldColumns: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  api_keys: { key_hash: 'opens a door' },
  deliveries: { content_key: 'opens what is sealed until its recipient has given a code' },
  domain_keys: { secret: 'a private key' },
  house_mails: { content: 'holds links that let somebody in, until it has left' },
  invitations: { token_hash: 'opens a door' },
  mailboxes: {
    secret: 'a password',
    watched_by: 'which process reads it',
    watched_until: 'which process reads it',
  },
  mails: {
    head: 'the whole mail is a file of its own',
    tail: 'the whole mail is a file of its own',
    sealed: 'how the database keeps it',
  },
  proven_addresses: { code_mac: 'of a code that was mailed' },
  sender_grants: {
    refresh_token: 'opens a mailbox',
    access_token: 'opens a mailbox',
    lease: 'which process renews it',
    lease_until: 'which process renews it',
  },
  senders: { secret: 'a password' },
  single_sign_ons: { client_secret: 'opens a door' },
  submission_logins: { secret_hash: 'opens a door' },
  webhooks: { secret: 'signs what is sent', previous_secret: 'signs what is sent' },
  webhook_deliveries: { lease: 'which process sends it', lease_until: 'which process sends it' },
  messages: { leased_by: 'which process sends it', leased_until: 'which process sends it' },
};

/** Columns that hold the hash of something that is not kept as a file. */
export const hashesOnly: ReadonlySet<string> = new Set([
  'bank_imports.sha256',
  'mails.sha256',
  'provider_receipts.pdf_sha256',
  'untied_receipts.pdf_sha256',
]);
