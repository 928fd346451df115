import { BarePage, Button, Form, type View } from '../kit/index.ts';
import type { DomainModel } from './domain-model.ts';
import { Records } from './domain-records.tsx';

export type DnsPageModel = Pick<DomainModel, 'name' | 'records' | 'zone' | 'stateWord'> & {
  readonly title: string;
  readonly intro: string;
  readonly path: string;
};

/** The records of a domain for its administrator, who has no account here: to look, to copy, to check again. */
export function DnsPage(props: { readonly view: View; readonly model: DnsPageModel }) {
  const { view, model } = props;
  const { t } = view;
  return (
    <BarePage view={view} title={model.title}>
      <div class="narrow stack dnspage">
        <div>
          <h1>{model.title}</h1>
          <p>{model.intro}</p>
        </div>
        <Form view={view} action={model.path}>
          <p class="actions">
            <Button primary icon="again" type="submit">
              {t('domain.check')}
            </Button>
            <b role="status">{model.stateWord}</b>
          </p>
        </Form>
        <Records view={view} records={model.records} />
        {model.zone ? <pre class="server code">{model.zone}</pre> : null}
      </div>
    </BarePage>
  );
}
