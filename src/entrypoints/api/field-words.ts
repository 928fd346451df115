import type { FieldProblem } from '#domain/accounts';
import type { CalendarProblem } from '#domain/calendar';
import type { CustomerProblem } from '#domain/customers';
import type { DispatchProblem, ProblemReason } from '#domain/dispatch';
import type { EditProblem, FactProblem } from '#domain/documents';
import type { OpenProblem } from '#domain/intake';
import type { IncamailProblem } from '#domain/registered';
import type { PolicyReason } from '#domain/reminders';
import type { DomainRefusal, SenderRefusal } from '#domain/senders';
import type { TemplateProblem } from '#domain/templates';
import type { WebhookProblem, WebhookReason } from '#domain/webhooks';
import type { FieldError } from './problems.ts';

type Reason =
  | PolicyReason
  | TemplateProblem['reason']
  | FactProblem['reason']
  | EditProblem['reason']
  | OpenProblem['reason']
  | CustomerProblem['reason']
  | FieldProblem['reason']
  | CalendarProblem['reason']
  | ProblemReason;

const words: Readonly<Record<Reason, string>> = {
  required: 'This field is missing or empty.',
  too_long: 'This is too long.',
  too_many: 'These are too many.',
  twice: 'This is there twice.',
  several_categories: 'A customer has one category; these are several.',
  out_of_range: 'This is out of its range.',
  in_the_future: 'This day lies in the future.',
  more_than_total: 'What was paid, or is open, is more than the amount.',
  not_positive: 'This amount must be more than zero.',
  not_a_kind: 'This is no kind of document that is known here.',
  not_a_date: 'This must be a day of the calendar as YYYY-MM-DD.',
  not_a_currency: 'This must be a currency as in ISO 4217, for example EUR.',
  not_an_amount: 'This must be a decimal as a string, for example "1500.40".',
  not_a_language: 'This must be one of: en, fr, it, ro, de, nl.',
  not_a_country: 'This must be a country as in ISO 3166, for example BE.',
  not_a_region: 'This is no region of that country with holidays of its own.',
  not_a_vat_id: 'This cannot be a VAT id.',
  not_a_purpose: 'This must be one of: first, reminder, resend.',
  variable_unknown: 'No mail could ever fill these variables.',
  not_a_role: 'This must be a kind of document, or "reminder".',
  not_a_mobile: 'Write the number of a mobile phone with its country’s code, for example +32 475 12 34 56.',
  not_a_consent: 'This must be one of: unknown, granted, denied.',
  not_a_time_zone: 'This must be an IANA time zone, for example Europe/Brussels.',
  not_an_iban: 'This is no IBAN: its check digits do not fit.',
  not_a_bic: 'This is no BIC of 8 or 11 characters.',
  not_a_payment_link:
    'This must be an https address; in braces it may hold number, amount, cents, currency and customer.',
  template_missing: 'There is no such template.',
  template_unreadable: 'The text cannot be read as a Liquid template.',
  text_incomplete: 'A text of one’s own needs both a subject and a text.',
  not_a_color: 'This must be a color as #rrggbb.',
  bad_address: 'This is no e-mail address.',
  document_missing: 'There is no such document.',
  document_incomplete: 'The document lacks facts.',
  document_canceled: 'The document is canceled.',
  reminder_settled: 'A document is paid, decided or replaced: nobody is reminded of it. Leave it out.',
  nothing_to_replace:
    'This message does not wait for other words any more, or it was about other documents. Look at it, then send without `replaces`.',
  several_customers: 'These documents are not of one customer.',
  plan_limit: 'The plan of the company has no room for that this month.',
  recipient_missing: 'There is nobody to send it to: name a recipient, or give the customer a contact.',
  too_many_recipients: 'These are too many recipients for one mail.',
  address_invalid: 'This is no e-mail address.',
  channel_missing: 'Name at least one channel: email, network.',
  network_unreachable:
    'The customer is not found in the network, the sender is the sandbox, or the service is not standard.',
  sender_missing: 'There is no such sender.',
  sender_broken: 'This sender does not work at present.',
  sender_not_allowed: 'This person may not send from this sender.',
  kind_not_allowed: 'This person may not send documents of this kind.',
  sender_not_valid: 'This sender was not found to work; validate it first.',
  reply_to_invalid: 'This is no e-mail address.',
  subject_missing: 'The subject is empty.',
  subject_too_long: 'The subject may have 500 characters at most.',
  text_missing: 'The text is empty.',
  text_too_long: 'The text is too long.',
  variable_missing: 'The template needs a fact that is not known; give the fact, or subject and text.',
  nothing_to_see: 'With neither an attachment nor a link the recipient would get nothing.',
  file_missing: 'There is no such file.',
  file_name_invalid: 'This cannot be the name of a file.',
  too_big: 'The attachments are too large for a mail.',
  send_at_invalid: 'This must be a time within the next year.',
  language_unknown: 'This must be one of: en, fr, it, ro, de, nl.',
  hidden_not_here: 'Only the sender of a registered or confidential delivery of our own can be hidden.',
  hidden_no_platform:
    'A hidden sender needs the address of the platform: add it as a sender (method `platform`), or ask the operator for it.',
  hidden_own_text: 'With a hidden sender the notice has a text of its own; leave this out.',
  service_days: 'This must be a whole number of days from 1 to 90.',
  service_not_offered:
    'The company cannot use this service: its plan lacks it, or the account with the provider is off.',
  provider_too_big: 'The provider does not take mails of this size.',
  service_only_to: 'Registered and confidential go to recipients in `to` only: each has a record of his own.',
  term_protected: 'Only a qualified service may be called that.',
  xml_missing: 'This document has no XML to attach.',
};

/** Fields that a rule of the business refuses, in words. */
export function fieldErrors(
  problems: readonly { readonly path: string; readonly reason: Reason; readonly value?: string }[],
): FieldError[] {
  return problems.map(({ path, reason, value }) => ({
    path,
    message: value ? `${words[reason]} (${value.slice(0, 200)})` : words[reason],
  }));
}

/** The same for a dispatch, whose fields have other names inside. */
export function dispatchErrors(problems: readonly DispatchProblem[]): FieldError[] {
  return fieldErrors(problems.map((problem) => ({ ...problem, path: outerPath(problem.path) })));
}

function outerPath(path: string): string {
  return path === 'attach' ? 'attach.documents' : path;
}

type SenderField = Exclude<
  SenderRefusal,
  'not_found' | 'sandbox_is_fixed' | 'sender_is_default' | 'sender_in_rule' | 'sender_not_valid'
>;

const senderFields: Readonly<Record<SenderField, FieldError>> = {
  method_not_available: { path: 'method', message: 'Senders of this method cannot be made yet.' },
  platform_not_set_up: {
    path: 'method',
    message: 'The operator of this installation has set up no way out for mail (ENVOI_SMTP_URL).',
  },
  provider_not_set_up: {
    path: 'method',
    message:
      'The operator of this installation has registered no app there (ENVOI_GOOGLE_CLIENT_ID, ENVOI_MICROSOFT_CLIENT_ID).',
  },
  account_is_fixed: {
    path: 'address',
    message: 'What was granted is for this account. Add a sender for the other address.',
  },
  platform_is_fixed: { path: 'address', message: 'There is one platform sender, and its address is fixed.' },
  domain_not_added: { path: 'address', message: 'Add the domain of this address first (POST /domains).' },
  limit_invalid: { path: 'limits', message: 'Each must be a whole number from 1 to 1000000, or null.' },
  via_not_found: {
    path: 'viaSenderId',
    message: 'This must be a sender of the method smtp that is in use.',
  },
  address_invalid: { path: 'address', message: 'This is no e-mail address.' },
  name_invalid: { path: 'name', message: 'This must be one line of 200 characters at most.' },
  reply_to_invalid: { path: 'replyTo', message: 'This is no e-mail address.' },
  host_invalid: { path: 'settings.host', message: 'This is no name of a server.' },
  host_not_allowed: { path: 'settings.host', message: 'This installation does not allow that server.' },
  port_invalid: { path: 'settings.port', message: 'This must be a number from 1 to 65535.' },
  user_invalid: { path: 'settings.user', message: 'This cannot be the name of an account.' },
  max_connections_invalid: {
    path: 'settings.maxConnections',
    message: 'This must be a number from 1 to 20.',
  },
  password_missing: { path: 'password', message: 'An account needs its password.' },
  password_invalid: { path: 'password', message: 'This cannot be a password.' },
  password_needed_again: {
    path: 'password',
    message: 'With another server or account the password is needed again.',
  },
};

const incamailWords: Readonly<Record<IncamailProblem['reason'], string>> = {
  header_invalid: 'This must be a header that begins with X-.',
  suffix_invalid: 'This must begin with a dot, such as .incamail.ch.',
  marking_missing:
    'With marking `none` an ending of addresses is needed, or nothing tells the provider what to do.',
  receipts_from_invalid: 'Give 1 to 20 addresses or domains.',
  roots_invalid: 'This must be one or more certificates in PEM.',
  size_invalid: 'This must be from 1 to 100 MiB, in bytes.',
};

/** What is wrong with a field of the account with a provider, in words. */
export function incamailError(reason: IncamailProblem['reason'] | SenderRefusal): string {
  if (reason in incamailWords) return incamailWords[reason as IncamailProblem['reason']];
  return senderError(reason as SenderRefusal)?.message ?? reason;
}

/** The field that a sender is refused for; null where the refusal is about no field. */
export function senderError(reason: SenderRefusal): FieldError | null {
  return reason in senderFields ? senderFields[reason as SenderField] : null;
}

const webhookWords: Readonly<Record<WebhookReason, string>> = {
  url_invalid: 'This must be an address as https://erp.example/envoi, without a name or password in it.',
  url_not_https: 'This installation posts by https only.',
  host_not_allowed: 'This installation does not post to that address; its operator can allow it.',
  event_invalid: 'Each must be a type of event like message.bounced, or all of a kind like visit.*',
  too_many: words.too_many,
  too_long: words.too_long,
};

/** A field of a webhook that is refused, in words. */
export function webhookError({ path, reason }: WebhookProblem): FieldError {
  return { path, message: webhookWords[reason] };
}

const domainFields: Partial<Readonly<Record<DomainRefusal, FieldError>>> = {
  domain_missing: { path: 'name', message: 'This field is missing or empty.' },
  domain_with_scheme: {
    path: 'name',
    message: 'This is an address of the web: give the domain alone, without https:// and without a path.',
  },
  domain_with_spaces: { path: 'name', message: 'A domain has no spaces in it.' },
  domain_is_address: {
    path: 'name',
    message: 'This is an e-mail address: give only what stands behind the @.',
  },
  domain_malformed: { path: 'name', message: 'This cannot be the name of a domain.' },
  domain_mixes_scripts: {
    path: 'name',
    message: 'This name mixes letters of several alphabets that look alike.',
  },
  domain_is_public_suffix: {
    path: 'name',
    message: 'Everybody can register names below this one, so nobody can own it.',
  },
  domain_is_mailbox_provider: {
    path: 'name',
    message:
      'Everybody can have a mailbox at this provider, so nobody can prove that it is his. Use SMTP, Google or Microsoft.',
  },
  fallback_invalid: {
    path: 'fallbackSenderId',
    message: 'This must be a sender that works and needs no domain of its own.',
  },
};

/** The field that a domain is refused for; null where the refusal is about no field. */
export function domainError(reason: DomainRefusal): FieldError | null {
  return domainFields[reason] ?? null;
}
