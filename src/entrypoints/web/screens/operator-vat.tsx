import {
  Button,
  Cell,
  Field,
  Form,
  PostButton,
  paths,
  Row,
  Section,
  Table,
  type View,
} from '../kit/index.ts';

export type VatRow = {
  readonly companyId: string;
  readonly company: string;
  readonly vatId: string;
  readonly isConfirmed: boolean;
  /** Whether others may find the company at all. */
  readonly isListed: boolean;
};

/** Which VAT ids companies say they have, and for which of them the operator vouches: found by them in the network is nobody else. */
export function OperatorVat({ view, rows }: { readonly view: View; readonly rows: readonly VatRow[] }) {
  const { t } = view;
  return (
    <Section title={t('operator.vat')} id="vat-ids">
      <p class="muted">{t('operator.vat.why')}</p>
      {rows.length === 0 ? (
        <p>{t('operator.vat.none')}</p>
      ) : (
        <div class="list">
          <Table
            class="plain"
            caption={t('operator.vat')}
            columns={[
              { name: t('operator.company') },
              { name: t('company.vatId') },
              { name: t('operator.vat.state') },
            ]}
          >
            {rows.map((row) => (
              <Row>
                <Cell class="name">
                  {row.company}
                  <small class="muted">
                    {' '}
                    {t(row.isListed ? 'operator.vat.listed' : 'operator.vat.unlisted')}
                  </small>
                </Cell>
                <Cell>{row.vatId}</Cell>
                <Cell>
                  {row.isConfirmed ? <Confirmed view={view} row={row} /> : <Ask view={view} row={row} />}
                </Cell>
              </Row>
            ))}
          </Table>
        </div>
      )}
    </Section>
  );
}

function Confirmed({ view, row }: { readonly view: View; readonly row: VatRow }) {
  const { t } = view;
  return (
    <>
      {t('operator.vat.confirmed')}{' '}
      <PostButton
        quiet
        action={paths.operatorVatWithdraw}
        name="vatId"
        value={row.vatId}
        confirm={t('operator.vat.withdraw.confirm', { vatId: row.vatId, company: row.company })}
      >
        {t('operator.vat.withdraw')}
      </PostButton>
    </>
  );
}

function Ask({ view, row }: { readonly view: View; readonly row: VatRow }) {
  const { t } = view;
  return (
    <Form view={view} action={paths.operatorVat} class="inline">
      <input type="hidden" name="company" value={row.companyId} />
      <input type="hidden" name="vatId" value={row.vatId} />
      <Field id={`note-${row.companyId}`} name="note" label={t('operator.vat.note')} maxlength={500} />
      <Button type="submit">{t('operator.vat.confirm')}</Button>
    </Form>
  );
}
