import { LinkButton, paths, Section, Segments, type View, withQuery } from '../kit/index.ts';
import { SettingsFrame } from './settings.tsx';
import type { TemplatesModel } from './template-model.ts';
import { kindWord } from './template-words.ts';

type Props = { readonly view: View; readonly model: TemplatesModel };

const purposes = ['first', 'reminder', 'resend'] as const;

/** The texts of one kind and purpose, language by language. */
export function TemplatesScreen({ view, model }: Props) {
  const { t } = view;
  const here = `${paths.settingsTemplates}?kind=${model.kind}&purpose=${model.purpose}`;
  return (
    <SettingsFrame view={view} tab="templates">
      <p class="muted">{t('templates.line')}</p>
      <div class="actions">
        <form method="get" action={paths.settingsTemplates} class="pick">
          <label for="kind" class="sr">
            {t('templates.kind')}
          </label>
          <select id="kind" name="kind">
            {model.kinds.map((kind) => (
              <option value={kind} selected={kind === model.kind}>
                {kindWord(view, kind)}
              </option>
            ))}
          </select>
          <input type="hidden" name="purpose" value={model.purpose} />
          <button type="submit" class="btn quiet">
            {t('emails.show')}
          </button>
        </form>
        <Segments
          label={t('emails.purposes')}
          segments={purposes.map((purpose) => ({
            href: withQuery(here, { purpose }),
            text: t(`purpose.${purpose}`, { origin: 'manual' }),
            here: purpose === model.purpose,
          }))}
        />
      </div>
      {model.rows.map((row) => (
        <Section title={row.language} class="cell">
          <ul role="list" class="texts">
            {row.own.map((one) => (
              <li>
                <a href={paths.template(one.id)}>
                  <b>{one.name}</b>
                </a>{' '}
                {one.isDefault ? <span class="good">✓ {t('templates.inUse')}</span> : null}
                <small>
                  {one.subject}
                  {one.sender ? ` · ${t('templates.sender')} ${one.sender}` : ''}
                </small>
                {one.stuck ? (
                  <small class="late">
                    ✗ {t('templates.sender.stuck', { address: one.stuck.address })}{' '}
                    <a href={paths.sender(one.stuck.id)}>{t('notice.mendSender')}</a>
                  </small>
                ) : null}
              </li>
            ))}
            <li>
              <span>{t('templates.builtIn')}</span>{' '}
              {row.builtIn.isDefault ? <span class="good">✓ {t('templates.inUse')}</span> : null}
              <small>{row.builtIn.subject}</small>
            </li>
          </ul>
          <LinkButton quiet href={row.newHref}>
            {t(row.own.length === 0 ? 'templates.own' : 'templates.another')}
          </LinkButton>
        </Section>
      ))}
    </SettingsFrame>
  );
}
