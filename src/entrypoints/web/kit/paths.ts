/** Where things are: every address that staff pages link to or post to, in one place, so that routes and views agree. */
const id = encodeURIComponent;

export const paths = {
  home: '/',
  setUp: '/set-up',
  signIn: '/sign-in',
  signOut: '/sign-out',
  theme: '/theme',
  language: '/language',
  company: '/company',
  search: '/search',
  documents: '/documents',
  upload: '/documents/upload',
  exportDocuments: '/documents/export',
  document: (document: string) => `/documents/${id(document)}`,
  documentFile: (document: string) => `/documents/${id(document)}/file`,
  documentPage: (document: string, page: number) => `/documents/${id(document)}/pages/${page}.png`,
  documentState: (document: string) => `/documents/${id(document)}/state`,
  /** The customer's page as staff look at it. */
  portalPreview: (documents: readonly string[]) => `/preview/${documents.map(id).join('.')}`,
  facts: (document: string) => `/documents/${id(document)}/facts`,
  paid: (document: string) => `/documents/${id(document)}/paid`,
  versions: (document: string) => `/documents/${id(document)}/versions`,
  /** The send window for one or several documents: `/send?document=…&document=…&purpose=…`. */
  send: (documents: readonly string[], purpose?: 'reminder' | 'resend') =>
    `/send?${new URLSearchParams([...documents.map((d) => ['document', d]), ...(purpose ? [['purpose', purpose]] : [])])}`,
  sendWindow: '/send',
  preview: '/send/preview',
  checkSender: '/send/check',
  markPaid: '/documents/mark-paid',
  goingOut: (dispatch: string) => `/dispatches/${id(dispatch)}/going-out`,
  dispatchCancel: (dispatch: string) => `/dispatches/${id(dispatch)}/cancel`,
  evidence: (dispatch: string) => `/dispatches/${id(dispatch)}/evidence`,
  emails: '/emails',
  figures: '/emails/figures',
  exportEmails: '/emails/export',
  emailViews: '/emails/views',
  emailViewForget: (view: string) => `/emails/views/${id(view)}/forget`,
  message: (message: string) => `/emails/${id(message)}`,
  /** The customer's page as it was, with its versions. */
  frozenPages: (message: string) => `/emails/${id(message)}/page`,
  frozenPage: (message: string, version: string) => `/emails/${id(message)}/page/${id(version)}`,
  messageFrame: (message: string) => `/emails/${id(message)}/frame`,
  messageRaw: (message: string) => `/emails/${id(message)}/raw`,
  messageResend: (message: string) => `/emails/${id(message)}/resend`,
  messageSettle: (message: string) => `/emails/${id(message)}/settle`,
  messageRelease: (message: string) => `/emails/${id(message)}/release`,
  notices: '/notices',
  noticeDismiss: (notice: string) => `/notices/${id(notice)}/dismiss`,
  customers: '/customers',
  customer: (customer: string) => `/customers/${id(customer)}`,
  customerMerge: (customer: string) => `/customers/${id(customer)}/merge`,
  customerContacts: (customer: string) => `/customers/${id(customer)}/contacts`,
  settings: '/settings',
  settingsCompany: '/settings/company',
  closeAllLinks: '/settings/company/close-links',
  settingsProfile: '/settings/profile',
  settingsPassword: '/settings/profile/password',
  settingsSenders: '/settings/senders',
  sender: (sender: string) => `/settings/senders/${id(sender)}`,
  senderDefault: (sender: string) => `/settings/senders/${id(sender)}/default`,
  senderDelete: (sender: string) => `/settings/senders/${id(sender)}/delete`,
  senderTest: (sender: string) => `/settings/senders/${id(sender)}/test`,
  settingsTemplates: '/settings/templates',
  newTemplate: '/settings/templates/new',
  templatePreview: '/settings/templates/preview',
  templateFromSend: '/settings/templates/from-send',
  template: (template: string) => `/settings/templates/${id(template)}`,
  templateReset: (template: string) => `/settings/templates/${id(template)}/reset`,
  templateDelete: (template: string) => `/settings/templates/${id(template)}/delete`,
  settingsDomains: '/settings/domains',
  domain: (domain: string) => `/settings/domains/${id(domain)}`,
  domainCheck: (domain: string) => `/settings/domains/${id(domain)}/check`,
  domainPdf: (domain: string) => `/settings/domains/${id(domain)}/settings.pdf`,
  domainMail: (domain: string) => `/settings/domains/${id(domain)}/mail`,
  domainFallback: (domain: string) => `/settings/domains/${id(domain)}/fallback`,
  domainRotate: (domain: string) => `/settings/domains/${id(domain)}/rotate`,
  domainDelete: (domain: string) => `/settings/domains/${id(domain)}/delete`,
  /** The records of a domain for its administrator, without signing in. */
  dnsPage: (token: string) => `/dns/${id(token)}`,
  settingsPrivacy: '/settings/privacy',
  holdHistory: (dispatch: string) => `/dispatches/${id(dispatch)}/hold`,
  liftHold: (dispatch: string) => `/dispatches/${id(dispatch)}/hold/lift`,
  person: (address: string) => `/people?address=${id(address)}`,
  personExport: (address: string) => `/people/export?address=${id(address)}`,
  personErase: '/people/erase',
  settingsKeys: '/settings/keys',
  settingsPrograms: '/settings/programs',
  settingsWatch: '/settings/programs/watch',
  loginRevoke: (login: string) => `/settings/programs/${id(login)}/revoke`,
  settingsWebhooks: '/settings/webhooks',
  webhook: (webhook: string) => `/settings/webhooks/${id(webhook)}`,
  webhookDeed: (webhook: string, deed: 'test' | 'state' | 'secret' | 'replay' | 'delete') =>
    `/settings/webhooks/${id(webhook)}/${deed}`,
  webhookDelivery: (delivery: string) => `/settings/webhooks/deliveries/${id(delivery)}`,
  webhookReplay: (delivery: string) => `/settings/webhooks/deliveries/${id(delivery)}/replay`,
  keyRevoke: (key: string) => `/settings/keys/${id(key)}/revoke`,
  sandbox: '/sandbox',
  sandboxMail: (mail: string) => `/sandbox/${id(mail)}`,
  sandboxFrame: (mail: string) => `/sandbox/${id(mail)}/frame`,
  addresses: '/addresses',
  live: '/live',
  fragment: (name: 'envelope' | 'dispatches' | 'message' | 'message-envelope' | 'home', of: string) =>
    `/fragments/${name}/${id(of)}`,
} as const;

/** The same page with some of its query changed; `null` removes. Paging starts anew unless a cursor is given. */
export function withQuery(path: string, change: Readonly<Record<string, string | null>>): string {
  const [base = '/', query = ''] = path.split('?');
  const parameters = new URLSearchParams(query);
  parameters.delete('cursor');
  for (const [name, value] of Object.entries(change))
    if (value === null) parameters.delete(name);
    else parameters.set(name, value);
  const text = parameters.toString();
  return text === '' ? base : `${base}?${text}`;
}
