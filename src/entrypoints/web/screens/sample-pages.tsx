import type { Child } from 'hono/jsx';
import { makeFormat } from '#base/language';
import { Problem, type View } from '../kit/index.ts';
import { staffTexts } from '../texts/index.ts';
import { CustomerScreen } from './customer.tsx';
import { CustomersScreen } from './customers.tsx';
import { DocumentScreen } from './document.tsx';
import { DocumentsScreen } from './documents.tsx';
import { HomeScreen } from './home.tsx';
import { MessageScreen } from './message.tsx';
import { NoticesScreen } from './notices.tsx';
import { accountsModel } from './sample-accounts.ts';
import { companyModel } from './sample-company.ts';
import { documentRows, now } from './sample-documents.ts';
import { domainPages } from './sample-domain-pages.tsx';
import { homeModel, noticeModels } from './sample-home.ts';
import { knowingPages } from './sample-knowing.tsx';
import { documentModel, messageModel, setUpModel } from './sample-models.ts';
import { moneyPages } from './sample-money.tsx';
import { morePages } from './sample-more-pages.tsx';
import { programPages } from './sample-program-pages.tsx';
import { sandboxRows } from './sample-sandbox.ts';
import { goingOutModel, sendModel } from './sample-send.ts';
import { addressesModel, customerModel, keysModel, profileModel, sendersModel } from './sample-settings.ts';
import { runTextModel, templateModel, templatesModel } from './sample-templates.ts';
import { SandboxMailScreen, SandboxScreen } from './sandbox.tsx';
import { GoingOutScreen, SendScreen } from './send.tsx';
import { SetUpScreen } from './set-up.tsx';
import { CompanyScreen } from './settings.tsx';
import { KeysScreen } from './settings-keys.tsx';
import { ProfileScreen } from './settings-profile.tsx';
import { SendersScreen } from './settings-senders.tsx';
import { SignInScreen } from './sign-in.tsx';
import { TemplateScreen } from './template.tsx';
import { TemplatesScreen } from './templates.tsx';

type Language = Parameters<typeof staffTexts>[0];

/** A view for tests: Claire at Vautrin Joinery on 19 November 2026. */
export function sampleView(language: Language, path: string, assets: View['assets'], nonce = 'test'): View {
  return {
    t: staffTexts(language),
    format: makeFormat({ language, country: 'BE', zone: 'Europe/Brussels', now }),
    language,
    user: { id: 'usr_1', name: 'Claire Vautrin', email: 'claire@vautrin.example' },
    company: { id: 'com_1', name: 'Vautrin Joinery' },
    otherCompanies: [{ id: 'com_2', name: 'Vautrin Kitchens' }],
    csrf: 'token',
    path,
    theme: 'auto',
    counts: { documents: 214, notices: 5 },
    sandboxed: false,
    assets,
    nonce,
    logIndex: 1,
  };
}

export const documentsModel = {
  rows: documentRows,
  kinds: [
    { kind: 'invoice', count: 148 },
    { kind: 'quote', count: 31 },
    { kind: 'credit_note', count: 6 },
    { kind: 'delivery_note', count: 22 },
    { kind: 'work_report', count: 7 },
  ],
  total: 214,
  kind: null,
  filter: null,
  filterCounts: { never_sent: 4, not_opened: 9, failed: 2, overdue: 5, reminded: 3 },
  q: '',
  customer: null,
  newer: null,
  older: '/documents?cursor=x',
} as const;

/** Every staff page by its address, with realistic data: what the tests look at. */
export const samplePages: Readonly<Record<string, (view: View) => Child>> = {
  ...knowingPages,
  '/set-up': (view) => <SetUpScreen view={{ ...view, user: null, company: null }} model={setUpModel} />,
  '/sign-in': (view) => (
    <SignInScreen
      view={{ ...view, user: null, company: null }}
      model={{ email: 'claire@vautrin.example', errors: { '': view.t('reason.wrong_password') } }}
    />
  ),
  '/': (view) => <HomeScreen view={view} model={homeModel} />,
  '/documents': (view) => <DocumentsScreen view={view} model={documentsModel} />,
  '/documents?filter=failed': (view) => (
    <DocumentsScreen
      view={{ ...view, sandboxed: true }}
      model={{ ...documentsModel, rows: [], filter: 'failed' }}
    />
  ),
  '/documents/doc_4': (view) => <DocumentScreen view={view} model={documentModel} />,
  '/documents/doc_0?edit': (view) => (
    <DocumentScreen
      view={view}
      model={{
        ...documentModel,
        missing: ['dueDate', 'total'],
        total: null,
        dueDate: null,
        editing: { values: {}, errors: { total: 'An amount needs digits: 1284.00' } },
        dispatches: [],
        envelope: { state: 'none' },
      }}
    />
  ),
  '/send?document=doc_0': (view) => <SendScreen view={view} model={sendModel} />,
  '/send?document=doc_0&unreachable': (view) => (
    <SendScreen
      view={view}
      model={{ ...sendModel, channels: ['email'], partner: null, unreachable: 'Bakkerij Peeters BV' }}
    />
  ),
  '/dispatches/dsp_1/going-out': (view) => (
    <GoingOutScreen
      view={view}
      title={view.t('send.title', {
        document: 'invoice 2026-0321',
        customer: 'Bakkerij Peeters',
        hasCustomer: 'yes',
      })}
      model={goingOutModel}
    />
  ),
  '/settings/templates': (view) => <TemplatesScreen view={view} model={templatesModel} />,
  '/runs/run_1/texts/invoice/en': (view) => <TemplateScreen view={view} model={runTextModel} />,
  '/settings/templates/tpl_1': (view) => <TemplateScreen view={view} model={templateModel} />,
  '/emails/msg_1': (view) => <MessageScreen view={view} model={messageModel} />,
  '/notices': (view) => (
    <NoticesScreen
      view={view}
      model={{ tab: 'open', counts: { open: 6, done: 38 }, notices: noticeModels, newer: null, older: null }}
    />
  ),
  ...moneyPages,
  '/customers': (view) => (
    <CustomersScreen
      view={view}
      model={{
        rows: [
          {
            id: 'cus_1',
            name: 'Bakkerij Peeters',
            contacts: ['els@peeters.example', 'boekhouding@peeters.example'],
            category: 'Horeca',
            documents: 12,
            open: [{ amount: '1284', currency: 'EUR' }],
            lastAt: now,
            suppressed: false,
          },
          {
            id: 'cus_2',
            name: 'Construct Ionescu SRL',
            contacts: ['facturi@ionescu.example'],
            category: null,
            documents: 3,
            open: [],
            lastAt: null,
            suppressed: true,
          },
        ],
        q: '',
        newer: null,
        older: null,
      }}
    />
  ),
  '/customers/cus_1': (view) => <CustomerScreen view={view} model={customerModel} />,
  '/settings': (view) => <CompanyScreen view={view} model={companyModel} />,
  '/settings/company': (view) => <CompanyScreen view={view} model={companyModel} />,
  '/settings/profile': (view) => <ProfileScreen view={view} model={profileModel} />,
  '/settings/senders': (view) => <SendersScreen view={view} model={sendersModel} />,
  '/settings/senders?accounts': (view) => <SendersScreen view={view} model={accountsModel} />,
  '/settings/senders?rule': (view) => <SendersScreen view={view} model={addressesModel} />,
  ...domainPages,
  ...programPages,
  '/settings/keys': (view) => <KeysScreen view={view} model={keysModel} />,
  '/settings/keys?plan': (view) => <KeysScreen view={view} model={{ ...keysModel, mayMake: false }} />,
  ...morePages,
  '/sandbox': (view) => (
    <SandboxScreen
      view={{ ...view, sandboxed: true }}
      model={{ rows: sandboxRows, newer: null, older: null }}
    />
  ),
  '/sandbox/msg_9': (view) => (
    <SandboxMailScreen
      view={view}
      model={{
        id: 'msg_9',
        from: 'Claire Vautrin <invoices@vautrin.example>',
        to: 'els@peeters.example',
        subject: 'Invoice 2026-0321 from Vautrin Joinery',
        at: now,
        attachments: [{ name: '2026-0321.pdf', bytes: 184_000, href: '/x' }],
        isCopy: false,
        portalUrl: '/p/x',
        message: 'msg_9',
      }}
    />
  ),
  '/nowhere': (view) => <Problem view={view} kind="not_found" reference="req_1" />,
};
