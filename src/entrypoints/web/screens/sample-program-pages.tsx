import type { JSX } from 'hono/jsx/jsx-runtime';
import type { View } from '../kit/index.ts';
import { CompanySignInScreen } from './company-sign-in.tsx';
import { CustomersImportScreen } from './customers-import.tsx';
import { DocumentsImportScreen } from './documents-import.tsx';
import { ForgottenScreen } from './forgotten.tsx';
import { JoinScreen } from './join.tsx';
import { OperatorScreen } from './operator.tsx';
import {
  operatorModel,
  peopleModel,
  programsModel,
  webhookDeliveryModel,
  webhooksModel,
} from './sample-programs.ts';
import { singleSignOnModel } from './sample-sign-on.ts';
import { SecondStepScreen } from './second-step.tsx';
import { PeopleScreen } from './settings-people.tsx';
import { ProgramsScreen } from './settings-programs.tsx';
import { SingleSignOnScreen } from './settings-single-sign-on.tsx';
import { WebhookDeliveryScreen } from './settings-webhook-delivery.tsx';
import { WebhooksScreen } from './settings-webhooks.tsx';

/** People, other programs and webhooks among the samples. */
export const programPages: Readonly<Record<string, (view: View) => JSX.Element>> = {
  '/settings/people': (view) => <PeopleScreen view={view} model={peopleModel} />,
  '/settings/single-sign-on': (view) => <SingleSignOnScreen view={view} model={singleSignOnModel} />,
  '/sign-in/company': (view) => (
    <CompanySignInScreen
      view={{ ...view, user: null, company: null }}
      model={{ email: '', back: '/', go: null, isNeeded: false, errors: {} }}
    />
  ),
  '/sign-in/company?with=com_1': (view) => (
    <CompanySignInScreen
      view={{ ...view, user: null, company: null }}
      model={{
        email: '',
        back: '/',
        go: { url: '/sign-in/with/com_1', host: 'login.vautrin.example' },
        isNeeded: true,
        errors: {},
      }}
    />
  ),
  '/operator': (view) => <OperatorScreen view={{ ...view, isOperator: true }} model={operatorModel} />,
  '/documents/import': (view) => (
    <DocumentsImportScreen
      view={view}
      model={{
        looked: {
          fileName: 'Offene Posten.xlsx',
          content: 'TmFtZQo=',
          lines: [
            { row: 2, number: 'R-2026-118', customer: 'Bakkerij Peeters', outcome: 'new', problems: [] },
            { row: 3, number: 'R-2026-119', customer: 'Lumen AG', outcome: 'known', problems: [] },
            {
              row: 4,
              number: 'R-2026-120',
              customer: 'Lumen AG',
              outcome: 'wrong',
              problems: [
                `${view.t('importOpen.column.issueDate')}: ${view.t('wrong.not_a_date')}`,
                `${view.t('importOpen.column.paid')}: ${view.t('wrong.more_than_total')}`,
              ],
            },
          ],
        },
        error: null,
      }}
    />
  ),
  '/customers/import': (view) => (
    <CustomersImportScreen
      view={view}
      model={{
        looked: {
          fileName: 'Kundenliste 2026.csv',
          content: 'TmFtZQo=',
          lines: [
            {
              row: 2,
              name: 'Bakkerij Peeters',
              addresses: ['els@peeters.example'],
              category: null,
              outcome: 'changed',
              problems: [],
            },
            {
              row: 3,
              name: 'Müller AG',
              addresses: ['a@mueller.example', 'b@mueller.example'],
              category: 'Horeca',
              outcome: 'new',
              problems: [],
            },
            {
              row: 5,
              name: 'Chocolaterie',
              addresses: ['none'],
              category: 'Horeca',
              outcome: 'wrong',
              problems: ['none: This is no e-mail address.'],
            },
          ],
        },
        error: null,
      }}
    />
  ),
  '/forgotten': (view) => <ForgottenScreen view={view} model={{ isSent: false, errors: {} }} />,
  '/sign-in/code': (view) => <SecondStepScreen view={view} model={{ ticket: 'x', back: '/', errors: {} }} />,
  '/join': (view) => (
    <JoinScreen
      view={view}
      model={{
        link: {
          token: 'x',
          email: 'mari@vautrin.example',
          companyName: 'Vautrin Joinery',
          purpose: 'join',
          hasAccount: false,
        },
        name: '',
        errors: { password: '10 characters or more, please.' },
      }}
    />
  ),
  '/settings/programs': (view) => <ProgramsScreen view={view} model={programsModel} />,
  '/settings/webhooks': (view) => <WebhooksScreen view={view} model={webhooksModel} />,
  '/settings/webhooks/deliveries/whd_1': (view) => (
    <WebhookDeliveryScreen view={view} model={webhookDeliveryModel} />
  ),
};
