import {
  Button,
  Cell,
  EmptyPlace,
  Form,
  LinkButton,
  paths,
  Row,
  Section,
  Table,
  type View,
  When,
} from '../kit/index.ts';
import { type RetentionModel, RetentionReport } from './retention-report.tsx';
import { SettingsFrame } from './settings.tsx';

export interface ExportRow {
  readonly id: string;
  readonly state: 'waiting' | 'ready' | 'failed' | 'expired';
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  readonly bytes: number;
  readonly rows: number;
  readonly files: number;
  readonly missing: number;
}

export type DataModel = {
  /** Newest first. */
  readonly exports: readonly ExportRow[];
  readonly retention: RetentionModel;
};

type Props = { readonly view: View; readonly model: DataModel };

/** What the company has here: taking it away whole, and what retention has deleted of it. */
export function DataScreen(props: Props) {
  return (
    <SettingsFrame view={props.view} tab="data">
      <Exports {...props} />
      <RetentionReport view={props.view} model={props.model.retention} />
    </SettingsFrame>
  );
}

function Exports({ view, model }: Props) {
  const { t } = view;
  const isAtWork = model.exports.some((one) => one.state === 'waiting');
  return (
    <Section title={t('export.title')}>
      <div class="stack">
        <p>{t('export.line')}</p>
        <p class="muted">{t('export.careful')}</p>
      </div>
      {isAtWork ? null : (
        <Form view={view} action={paths.settingsData}>
          <p class="actions">
            <Button primary type="submit">
              {t('export.ask')}
            </Button>
          </p>
        </Form>
      )}
      <turbo-frame id="exports" target="_top" class="stack">
        {model.exports.length === 0 ? (
          <EmptyPlace now={t('export.none')} later={t('export.later')} />
        ) : (
          <div
            class="list"
            {...(isAtWork ? { 'data-controller': 'again', 'data-again-seconds-value': '2' } : {})}
          >
            <Table
              class="plain"
              caption={t('export.title')}
              columns={[{ name: t('column.date') }, { name: t('bundles.state') }]}
            >
              {model.exports.map((one) => (
                <Row>
                  <Cell class="when">
                    <When view={view} at={one.createdAt} />
                  </Cell>
                  <Cell>
                    {stateOf(view, one)}
                    {one.state === 'ready' ? (
                      <p class="actions">
                        <LinkButton icon="save" href={paths.exportFile(one.id)} download>
                          {t('bundles.download')}
                        </LinkButton>
                      </p>
                    ) : null}
                  </Cell>
                </Row>
              ))}
            </Table>
          </div>
        )}
      </turbo-frame>
    </Section>
  );
}

function stateOf({ t, format }: View, one: ExportRow): string {
  if (one.state !== 'ready' || !one.expiresAt) return t(`export.state.${one.state}`);
  const ready = t('export.state.ready', {
    size: format.bytes(one.bytes),
    rows: format.number(one.rows),
    files: format.number(one.files),
    until: format.date(one.expiresAt),
  });
  return one.missing > 0 ? `${ready} ${t('export.missing', { count: one.missing })}` : ready;
}
