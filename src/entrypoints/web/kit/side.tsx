import { Icon, type IconName } from './icon.tsx';
import { Menu, MenuButton, MenuLink } from './menu.tsx';
import { paths } from './paths.ts';
import { type Place, places, type View } from './view.ts';

const doors: Record<Place, { href: string; icon: IconName; key: string; thumb: boolean }> = {
  home: { href: paths.home, icon: 'home', key: 'g h', thumb: true },
  documents: { href: paths.documents, icon: 'docs', key: 'g d', thumb: true },
  emails: { href: paths.emails, icon: 'mails', key: 'g e', thumb: true },
  received: { href: paths.received, icon: 'inbox', key: 'g i', thumb: false },
  notices: { href: paths.notices, icon: 'bell', key: 'g n', thumb: true },
  reminders: { href: paths.reminders, icon: 'again', key: 'g r', thumb: false },
  payments: { href: paths.payments, icon: 'bank', key: 'g p', thumb: false },
  customers: { href: paths.customers, icon: 'people', key: 'g c', thumb: false },
  sandbox: { href: paths.sandbox, icon: 'play', key: 'g b', thumb: false },
  settings: { href: paths.settings, icon: 'gear', key: 'g s', thumb: false },
};

/** Places above which a line is drawn. */
const apart: ReadonlySet<Place> = new Set(['reminders', 'settings']);

/** The side bar: company, search, places with their numbers, the user. On a phone: a top line and a bar under the thumb. */
export function Side(props: { readonly view: View }) {
  const { view } = props;
  return (
    <header class="side">
      <a class="mark" href={paths.home}>
        <Icon name="mark" class="i-l" /> Envoi
      </a>
      <CompanyMenu view={view} />
      <form class="find" role="search" action={paths.search} aria-label={view.t('kit.search.label')}>
        <label class="sr" for="find">
          {view.t('kit.search.label')}
        </label>
        <Icon name="search" />
        <input
          id="find"
          name="q"
          type="search"
          autocomplete="off"
          placeholder={view.t('kit.search')}
          data-key="/"
        />
        <kbd>/</kbd>
      </form>
      <Nav view={view} />
      <div class="who">
        <span class="clip-end">{view.user?.name}</span>
        <ThemeSwitch view={view} />
      </div>
    </header>
  );
}

function Nav(props: { readonly view: View }) {
  const { view } = props;
  const shown = places.filter((place) => view.places?.includes(place) ?? true);
  const later = shown.filter((place) => !doors[place].thumb);
  return (
    <nav class="nav" aria-label={view.t('kit.nav')}>
      <ul>
        {shown.map((place) => (
          <li data-thumb={doors[place].thumb ? '' : undefined} data-apart={apart.has(place) ? '' : undefined}>
            <PlaceLink view={view} place={place} />
          </li>
        ))}
        <li data-thumb="only">
          <button type="button" popovertarget="more-places">
            <Icon name="more" /> {view.t('kit.more')}
          </button>
        </li>
      </ul>
      <Menu id="more-places" label={view.t('kit.more')} class="from-below">
        {later.map((place) => (
          <MenuLink href={doors[place].href} icon={doors[place].icon}>
            {view.t(`place.${place}`)}
          </MenuLink>
        ))}
        <hr />
        <MenuButton action={paths.signOut} icon="leave">
          {view.t('kit.signOut')}
        </MenuButton>
      </Menu>
    </nav>
  );
}

function PlaceLink(props: { readonly view: View; readonly place: Place }) {
  const { view, place } = props;
  const door = doors[place];
  const count = view.counts[place];
  return (
    <a href={door.href} aria-current={isHere(view.path, door.href) ? 'page' : undefined} data-key={door.key}>
      <Icon name={door.icon} /> {view.t(`place.${place}`)}{' '}
      <span
        class="n"
        data-count={place}
        data-urgent={place === 'notices' ? '' : undefined}
        hidden={count === undefined || (place === 'notices' && count === 0)}
      >
        {count === undefined ? '' : view.format.number(count)}
      </span>
    </a>
  );
}

function CompanyMenu(props: { readonly view: View }) {
  const { view } = props;
  return (
    <>
      <button type="button" class="company" popovertarget="company-menu">
        <span class="clip-end">{view.company?.name}</span> <Icon name="down" />
      </button>
      <Menu id="company-menu" label={view.t('kit.company')}>
        {view.otherCompanies.map((company) => (
          <MenuButton action={paths.company} name="company" value={company.id}>
            {company.name}
          </MenuButton>
        ))}
        {view.otherCompanies.length > 0 ? <hr /> : null}
        <MenuLink href={paths.settingsCompany} icon="gear">
          {view.t('kit.companySettings')}
        </MenuLink>
        {view.isOperator ? (
          <MenuLink href={paths.operator} icon="shield">
            {view.t('operator.title')}
          </MenuLink>
        ) : null}
        <MenuButton action={paths.signOut} icon="leave">
          {view.t('kit.signOut')}
        </MenuButton>
      </Menu>
    </>
  );
}

const nextTheme = { auto: 'light', light: 'dark', dark: 'auto' } as const;

/** Light, dark, or as the machine has it, in turn; with a script at once, without one by a post. */
export function ThemeSwitch(props: { readonly view: View }) {
  const { view } = props;
  const label = view.t('kit.theme', { theme: view.theme });
  return (
    <form
      class="theme"
      method="post"
      action={paths.theme}
      data-controller="theme"
      data-action="submit->theme#next"
    >
      <input type="hidden" name="csrf" value={view.csrf} />
      <input type="hidden" name="back" value={view.path} />
      <button
        type="submit"
        name="theme"
        value={nextTheme[view.theme]}
        class="quiet icononly"
        aria-label={label}
        title={label}
        data-theme-target="button"
        data-labels={JSON.stringify({
          light: view.t('kit.theme', { theme: 'light' }),
          dark: view.t('kit.theme', { theme: 'dark' }),
          auto: view.t('kit.theme', { theme: 'auto' }),
        })}
      >
        <Icon name="theme" />
      </button>
    </form>
  );
}

function isHere(path: string, href: string): boolean {
  const here = path.split('?')[0] ?? '/';
  return href === '/' ? here === '/' : here === href || here.startsWith(`${href}/`);
}
