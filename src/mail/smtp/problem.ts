/**
 * Why it did not work, as a stable word; the screens turn each into a sentence and a next step.
 * What is only guessed is not named: a silent port 25 is `connection_timeout`, not "blocked".
 */
export type SmtpProblem =
  // reaching the server
  | 'host_not_found'
  | 'dns_failed'
  | 'connection_refused'
  | 'connection_timeout'
  | 'network_unreachable'
  | 'blocked_port'
  // talking to it
  | 'no_greeting' // it took the connection and said nothing: mostly it waits for TLS
  | 'answer_timeout'
  | 'closed_by_server'
  | 'protocol_error'
  | 'network_error'
  // encryption
  | 'tls_not_offered'
  | 'tls_failed'
  | 'tls_wrong_mode'
  | 'certificate_invalid'
  | 'certificate_expired'
  | 'certificate_name'
  // signing in
  | 'wrong_password'
  | 'app_password_needed'
  | 'token_refused' // the access token, not a password (XOAUTH2)
  | 'submission_disabled' // Microsoft: SMTP AUTH is off for the mailbox or the whole organisation
  | 'auth_disabled'
  | 'auth_not_offered'
  | 'auth_needs_tls'
  | 'auth_required'
  | 'tls_required'
  | 'auth_refused'
  // what the server says about sender, recipient, message
  | 'sender_not_allowed'
  | 'relay_denied'
  | 'mailbox_unknown'
  | 'mailbox_disabled'
  | 'mailbox_full'
  | 'domain_unknown'
  | 'too_big'
  | 'greylisted'
  | 'rate_limited'
  | 'server_busy'
  | 'reputation_refused'
  | 'mail_not_authenticated'
  | 'content_refused'
  | 'policy_refused'
  | 'refused'
  | 'refused_for_now'
  // what cannot be sent through this server, or at all
  | 'address_malformed'
  | 'message_malformed'
  | 'smtputf8_not_offered'
  | 'eightbit_not_offered'
  // what the recipient's domain says in the DNS
  | 'no_mail_accepted' // null MX
  | 'mta_sts_refused' // none of its servers fits its own policy
  // ourselves
  | 'over_limit' // its turn comes later
  | 'platform_not_set_up' // the operator has told no way out
  | 'provider_not_set_up' // the operator has registered no app at the mailbox provider
  | 'not_connected' // the owner of the mailbox has not consented yet
  | 'grant_ended' // the provider does not honour the consent any more
  | 'app_refused' // the provider refuses the operator's app
  | 'provider_unreachable' // it gives no token now
  | 'dot_not_recorded'
  | 'host_not_allowed' // the installation's rules forbid to dial that address
  | 'secret_unreadable' // the password was sealed under another key
  | 'stopped_here';
