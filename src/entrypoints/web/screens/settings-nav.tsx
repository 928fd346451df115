import { paths, type View } from '../kit/index.ts';

/** The pages of the settings, in the groups of the list. */
const groups = {
  company: ['company', 'people', 'plan', 'calendar', 'network'],
  sending: ['senders', 'domains', 'templates', 'rules'],
  programs: ['keys', 'programs', 'webhooks'],
  records: ['privacy', 'data'],
  own: ['profile'],
} as const;
type Group = keyof typeof groups;
export type SettingsTab = (typeof groups)[Group][number];

const hrefs: Record<SettingsTab, string> = {
  company: paths.settingsCompany,
  senders: paths.settingsSenders,
  templates: paths.settingsTemplates,
  domains: paths.settingsDomains,
  people: paths.settingsPeople,
  plan: paths.settingsPlan,
  rules: paths.settingsRules,
  calendar: paths.settingsCalendar,
  keys: paths.settingsKeys,
  programs: paths.settingsPrograms,
  webhooks: paths.settingsWebhooks,
  network: paths.settingsNetwork,
  privacy: paths.settingsPrivacy,
  data: paths.settingsData,
  profile: paths.settingsProfile,
};

/** The list of all settings in groups: beside the page where there is room, a page of its own on a phone. */
export function SettingsNav(props: { readonly view: View; readonly tab: SettingsTab }) {
  const { t } = props.view;
  return (
    <nav class="settings-nav" aria-label={t('place.settings')}>
      {(Object.keys(groups) as Group[]).map((group) => (
        <section>
          <h2 id={`settings-${group}`}>{t(`settings.group.${group}`)}</h2>
          <ul role="list" aria-labelledby={`settings-${group}`}>
            {groups[group].map((tab) => (
              <li>
                <a href={hrefs[tab]} aria-current={tab === props.tab ? 'page' : undefined}>
                  {t(`settings.${tab}`)}
                </a>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </nav>
  );
}
