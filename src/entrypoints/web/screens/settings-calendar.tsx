import {
  Button,
  Cell,
  CheckField,
  type Errors,
  Field,
  Form,
  LinkButton,
  PostButton,
  paths,
  Row,
  Section,
  SelectField,
  Table,
  type View,
} from '../kit/index.ts';
import { SettingsFrame } from './settings.tsx';

type Choice = { readonly value: string; readonly text: string };

export type CalendarModel = {
  readonly avoids: boolean;
  readonly country: string;
  /** Empty: the whole country. */
  readonly region: string;
  readonly countries: readonly Choice[];
  /** None: the country has no regions with holidays of their own. */
  readonly regions: readonly Choice[];
  readonly year: number;
  readonly days: readonly {
    readonly day: string;
    readonly name: string;
    readonly from: 'public' | 'own';
    readonly isFree: boolean;
  }[];
  /** Owners change it, everybody sees it. */
  readonly mayChange: boolean;
  readonly typed: { readonly day: string; readonly name: string };
  readonly errors: Errors;
};

type Props = { readonly view: View; readonly model: CalendarModel };

/** The days on which nobody is reminded and no office is open. */
export function CalendarScreen(props: Props) {
  const { view, model } = props;
  const { t } = view;
  return (
    <SettingsFrame view={view} tab="calendar">
      <Section title={t('settings.calendar')}>
        <p class="muted">{t('calendar.line')}</p>
        {model.mayChange ? (
          <Place {...props} />
        ) : (
          <p>{t(model.avoids ? 'calendar.kept' : 'calendar.notKept')}</p>
        )}
      </Section>
      <Year {...props} />
      {model.mayChange ? <OwnDay {...props} /> : null}
    </SettingsFrame>
  );
}

function Place({ view, model }: Props) {
  const { t } = view;
  return (
    <Form view={view} action={paths.settingsCalendar} errors={model.errors}>
      <CheckField name="avoids" label={t('calendar.avoids')} checked={model.avoids} />
      <div class="two">
        <SelectField
          name="country"
          label={t('company.country')}
          value={model.country}
          choices={model.countries}
          errors={model.errors}
        />
        {model.regions.length > 0 ? (
          <SelectField
            name="region"
            label={t('calendar.region')}
            value={model.region}
            choices={[{ value: '', text: t('calendar.region.all') }, ...model.regions]}
            errors={model.errors}
          />
        ) : null}
      </div>
      <input type="hidden" name="regionOf" value={model.country} />
      <p class="actions">
        <Button primary type="submit">
          {t('kit.save')}
        </Button>
      </p>
    </Form>
  );
}

function Year(props: Props) {
  const { view, model } = props;
  const { t } = view;
  const of = (year: number): string => `${paths.settingsCalendar}?year=${year}`;
  return (
    <Section title={t('calendar.year', { year: String(model.year) })} id="year">
      {model.days.length === 0 ? <p class="muted">{t('calendar.none')}</p> : <Days {...props} />}
      <p class="actions">
        <LinkButton quiet href={of(model.year - 1)}>
          {String(model.year - 1)}
        </LinkButton>
        <LinkButton quiet href={of(model.year + 1)}>
          {String(model.year + 1)}
        </LinkButton>
      </p>
    </Section>
  );
}

function Days({ view, model }: Props) {
  const { t, format } = view;
  const action = `${paths.settingsCalendarDay}?year=${model.year}`;
  return (
    <div class="list">
      <Table
        class="plain"
        caption={t('calendar.year', { year: String(model.year) })}
        columns={[{ name: t('column.date') }, { name: t('calendar.day.name') }, { name: t('calendar.is') }]}
      >
        {model.days.map((one) => (
          <Row>
            <Cell class="when">
              <span class="muted">{format.weekday(one.day)}</span> {format.date(one.day)}
            </Cell>
            <Cell class="name">
              {one.name}
              {one.from === 'own' ? <small class="muted"> {t('calendar.own')}</small> : null}
            </Cell>
            <Cell>
              <span class={one.isFree ? '' : 'muted'}>
                {t(one.isFree ? 'calendar.free' : 'calendar.worked')}
              </span>{' '}
              {model.mayChange ? (
                <PostButton
                  quiet
                  action={action}
                  name="set"
                  value={`${one.from === 'public' && one.isFree ? 'work' : 'usual'}:${one.day}`}
                >
                  {t(
                    one.from === 'own'
                      ? 'calendar.remove'
                      : one.isFree
                        ? 'calendar.work'
                        : 'calendar.asUsual',
                  )}
                </PostButton>
              ) : null}
            </Cell>
          </Row>
        ))}
      </Table>
    </div>
  );
}

function OwnDay({ view, model }: Props) {
  const { t } = view;
  const { typed, errors } = model;
  return (
    <Section title={t('calendar.add')}>
      <Form view={view} action={`${paths.settingsCalendarDay}?year=${model.year}`} errors={errors}>
        <div class="two">
          <Field name="day" type="date" required label={t('column.date')} value={typed.day} errors={errors} />
          <Field name="name" label={t('calendar.day.name')} value={typed.name} errors={errors} />
        </div>
        <Button type="submit">{t('calendar.add.button')}</Button>
      </Form>
    </Section>
  );
}
