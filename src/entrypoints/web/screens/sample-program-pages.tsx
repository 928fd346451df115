import type { JSX } from 'hono/jsx/jsx-runtime';
import type { View } from '../kit/index.ts';
import { JoinScreen } from './join.tsx';
import { OperatorScreen } from './operator.tsx';
import {
  operatorModel,
  peopleModel,
  programsModel,
  webhookDeliveryModel,
  webhooksModel,
} from './sample-programs.ts';
import { SecondStepScreen } from './second-step.tsx';
import { PeopleScreen } from './settings-people.tsx';
import { ProgramsScreen } from './settings-programs.tsx';
import { WebhookDeliveryScreen } from './settings-webhook-delivery.tsx';
import { WebhooksScreen } from './settings-webhooks.tsx';

/** People, other programs and webhooks among the samples. */
export const programPages: Readonly<Record<string, (view: View) => JSX.Element>> = {
  '/settings/people': (view) => <PeopleScreen view={view} model={peopleModel} />,
  '/operator': (view) => <OperatorScreen view={{ ...view, isOperator: true }} model={operatorModel} />,
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
