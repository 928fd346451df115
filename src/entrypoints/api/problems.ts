/** A stable word for programs, the HTTP status, and what people read. */
interface Problem {
  readonly status: number;
  readonly title: string;
  readonly detail: string;
}

/** Every problem that the API answers with. The words are part of the contract: they are never changed, only added to. */
export const problems = {
  invalid_request: {
    status: 422,
    title: 'The request is not valid',
    detail: 'Correct the fields that are named and send it again.',
  },
  invalid_idempotency_key: {
    status: 400,
    title: 'The Idempotency-Key is not valid',
    detail: 'Use 1 to 255 printable ASCII characters, for example a UUID.',
  },
  unauthorized: {
    status: 401,
    title: 'No valid API key',
    detail: 'Send the header "Authorization: Bearer <key>" with a key that exists and was not revoked.',
  },
  forbidden: {
    status: 403,
    title: 'This key may not do that',
    detail: 'Use a key with more rights.',
  },
  plan_required: {
    status: 403,
    title: 'The plan of this company does not hold that',
    detail: 'Ask whoever runs this installation for a plan that does.',
  },
  not_found: {
    status: 404,
    title: 'There is no such thing',
    detail: 'Check the address and the id; a key sees its own company only.',
  },
  not_composed_yet: {
    status: 404,
    title: 'The mail has not been made yet',
    detail:
      'A mail is made when it is first tried. Ask again when its delivery is no longer "scheduled" or "queued".',
  },
  bundle_waiting: {
    status: 409,
    title: 'The bundle is still being made',
    detail: 'Ask for the bundle until its state is "ready", and then for its file.',
  },
  bundle_expired: {
    status: 410,
    title: 'The bundle was kept for 7 days and is gone',
    detail: 'Ask for a new one.',
  },
  export_not_ready: {
    status: 409,
    title: 'The export is not ready',
    detail: 'Ask for the export until its state is "ready", and then for its file.',
  },
  export_gone: {
    status: 410,
    title: 'The export is gone',
    detail: 'It was kept for 7 days, or ended when somebody was erased. Ask for a new one.',
  },
  method_not_allowed: {
    status: 405,
    title: 'This address does not know that method',
    detail: 'The header Allow names the methods that it knows.',
  },
  idempotency_key_reused: {
    status: 409,
    title: 'The Idempotency-Key was used for another request',
    detail:
      'Use a new key for a new request; repeat a request only with the very same body and the same API key.',
  },
  request_in_flight: {
    status: 409,
    title: 'A request with this Idempotency-Key is being worked on',
    detail: 'Wait as long as Retry-After says, then repeat the request with the same key.',
  },
  document_replaced: {
    status: 409,
    title: 'A newer version has taken the place of this document',
    detail: 'Use the document that "replacedBy" names.',
  },
  same_file: {
    status: 409,
    title: 'These bytes are known already',
    detail: 'The file is an older version of this document, or another document.',
  },
  customer_merged: {
    status: 409,
    title: 'This customer was merged into another one',
    detail: 'Use the customer that "mergedInto" names.',
  },
  too_late: {
    status: 409,
    title: 'Everything has left already',
    detail: 'What has left cannot be taken back; look at the messages of the dispatch.',
  },
  already_held: {
    status: 409,
    title: 'This history is on hold already',
    detail: 'GET /legal-holds lists it with its reason.',
  },
  already_erased: {
    status: 409,
    title: 'The content was erased before',
    detail: 'GET /dispatches/{id} says when.',
  },
  on_legal_hold: {
    status: 409,
    title: 'The dispatch is on legal hold',
    detail: 'DELETE /dispatches/{id}/legal-hold lifts it.',
  },
  still_under_way: {
    status: 409,
    title: 'Something of the dispatch may still leave or be opened',
    detail: 'Cancel or withdraw it, or wait until its messages and deliveries are at an end.',
  },
  content_erased: {
    status: 410,
    title: 'The content was erased',
    detail: 'Its events and proofs are still there; GET /dispatches/{id} says when it was erased.',
  },
  already_decided: {
    status: 409,
    title: 'This is decided already',
    detail: 'Somebody has decided on it; look at its state.',
  },
  wrong_state: {
    status: 409,
    title: 'The run is not in a state for that',
    detail: 'Look at its state: only a ready run starts, a running one pauses, a paused one resumes.',
  },
  not_held: {
    status: 409,
    title: 'The message is not held',
    detail: 'Only a message whose delivery is "held" can be released.',
  },
  not_unconfirmed: {
    status: 409,
    title: 'The message is not unconfirmed',
    detail: 'Only a message whose delivery is "unconfirmed" can be settled.',
  },
  sandbox_is_fixed: {
    status: 409,
    title: 'The sandbox cannot be changed like that',
    detail: 'It has a name, an address and a reply address only, and cannot be deleted.',
  },
  sender_is_default: {
    status: 409,
    title: 'This sender is the default',
    detail: 'Make another sender the default first, so that nothing is replaced in silence.',
  },
  too_many_codes: {
    status: 429,
    title: 'A code went there a moment ago',
    detail: 'One code a minute, and five a day, are mailed to an address.',
  },
  sender_in_rule: {
    status: 409,
    title: 'The rule in force points to this sender',
    detail:
      'Put another sender there first (PUT /sender-rule, or `senderId` of the templates that are tied to it), so that nothing is replaced in silence.',
  },
  sender_not_valid: {
    status: 409,
    title: 'This sender was not found to work',
    detail: 'Validate it first; only a sender whose state is "valid" can be the default.',
  },
  last_owner: {
    status: 409,
    title: 'A company needs an owner',
    detail: 'Make somebody else an owner first.',
  },
  still_waiting: {
    status: 409,
    title: 'This delivery still waits for its turn',
    detail: 'It is tried by itself; "dueAt" says when. Only what was settled can be told again.',
  },
  domain_exists: {
    status: 409,
    title: 'This domain was added before',
    detail: 'GET /domains lists it.',
  },
  domain_in_use: {
    status: 409,
    title: 'A sender uses this domain',
    detail: 'Delete the senders at this domain first, so that nothing is replaced in silence.',
  },
  spare_key_not_published: {
    status: 409,
    title: 'The record of the spare key was not found',
    detail:
      'Set the record of the spare key and check the domain; mail that nobody can verify must not leave.',
  },
  too_large: {
    status: 413,
    title: 'The request is too large',
    detail: 'Send a smaller file or body.',
  },
  unsupported_media_type: {
    status: 415,
    title: 'The body has a type that is not read here',
    detail: 'See the documentation for the content types of this call.',
  },
  unreadable_document: {
    status: 422,
    title: 'The document cannot be read',
    detail: 'Send a PDF, or an invoice in XML: Cross Industry Invoice, UBL or FatturaPA.',
  },
  rate_limited: {
    status: 429,
    title: 'This key asks too often',
    detail:
      'Wait as long as Retry-After says; the headers RateLimit and RateLimit-Policy tell how much is left.',
  },
  too_many_requests: {
    status: 429,
    title: 'Too many requests wait at once',
    detail: 'Wait as long as Retry-After says.',
  },
  internal_error: {
    status: 500,
    title: 'Something went wrong here',
    detail: 'It was written to the log. Repeat the request; with an Idempotency-Key nothing is done twice.',
  },
  unavailable: {
    status: 503,
    title: 'The database cannot be reached just now',
    detail: 'Repeat the request later; with an Idempotency-Key nothing is done twice.',
  },
  storage_full: {
    status: 507,
    title: 'There is no room left for files',
    detail: 'Free some space on the server, then repeat the request.',
  },
} as const satisfies Readonly<Record<string, Problem>>;

export type ProblemCode = keyof typeof problems;

export const problemCodes = Object.keys(problems) as readonly ProblemCode[];

/** A field that is wrong; `path` in dots: `contacts.0.email`, empty for the whole body. */
export interface FieldError {
  readonly path: string;
  readonly message: string;
}
