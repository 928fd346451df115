import type { Child } from 'hono/jsx';
import { ConfirmDialog, KeysDialog } from './dialog.tsx';
import { Icon, IconSprite } from './icon.tsx';
import { Note } from './note.tsx';
import { paths } from './paths.ts';
import { Side } from './side.tsx';
import type { View } from './view.ts';

/** A staff page with the side bar. `title` names the page in the tab. */
export function Layout(props: { readonly view: View; readonly title: string; readonly children: Child }) {
  const { view } = props;
  return (
    <Page view={view} title={props.title} class="app">
      <a class="skip" href="#main">
        {view.t('kit.skip')}
      </a>
      <Side view={view} />
      <main id="main" tabindex={-1}>
        {view.sandboxed ? <SandboxLine view={view} /> : null}
        <Flash view={view} />
        {view.staffMark ? <img class="sr" src={view.staffMark} alt="" /> : null}
        {props.children}
      </main>
    </Page>
  );
}

/** Said on every page until a sender works: nothing leaves, so that nobody waits for a customer who got nothing. */
function SandboxLine(props: { readonly view: View }) {
  const { t } = props.view;
  return (
    <p class="sandboxed">
      <Icon name="play" /> {t('sandbox.on')} <a href={paths.sandbox}>{t('place.sandbox')}</a>{' '}
      <a href={paths.settingsSenders}>{t('sandbox.connect')}</a>
    </p>
  );
}

/** What the deed before has done, said on the page that follows it. */
function Flash(props: { readonly view: View }) {
  const { flash } = props.view;
  if (!flash) return null;
  const { wayOut } = flash;
  return (
    <Note
      state={flash.state}
      role={flash.state === 'failed' ? 'alert' : 'status'}
      wayOut={wayOut ? <a href={wayOut.href}>{wayOut.text}</a> : undefined}
    >
      {flash.text}
    </Note>
  );
}

/** A page of its own without the side bar: set-up, sign-in, problems before anybody is signed in. */
export function BarePage(props: { readonly view: View; readonly title: string; readonly children: Child }) {
  return (
    <Page view={props.view} title={props.title} class="bare" reload>
      <main id="main" tabindex={-1}>
        {props.children}
      </main>
    </Page>
  );
}

/**
 * The document itself. No inline script or style: a strict content policy holds (see assets/content-policy.ts). And no preview:
 * Turbo would show the page as it was last time while the true one comes, with states of then and fields that lose what is typed.
 */
export function Page(props: {
  readonly view: View;
  readonly title: string;
  readonly class: string;
  /** Turbo loads it as a new page: nothing of the pages before stays in the browser's memory. */
  readonly reload?: boolean;
  readonly children: Child;
}) {
  const { view } = props;
  return (
    <html lang={view.language} data-theme={view.theme === 'auto' ? undefined : view.theme}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
        <meta name="color-scheme" content="light dark" />
        <meta name="csp-nonce" content={view.nonce} />
        <meta name="csrf" content={view.csrf} />
        <meta name="turbo-cache-control" content="no-preview" />
        <meta name="turbo-refresh-method" content="morph" />
        <meta name="turbo-refresh-scroll" content="preserve" />
        {props.reload ? <meta name="turbo-visit-control" content="reload" /> : null}
        <title>{`${props.title} · Envoi`}</title>
        <link rel="stylesheet" href={view.assets.style} data-turbo-track="reload" />
        <script type="module" src={view.assets.script} data-turbo-track="reload" />
      </head>
      <body class={props.class} data-controller="keys tips" {...liveOf(view)}>
        <IconSprite />
        {props.children}
        <DeedForm view={view} />
        <ConfirmDialog view={view} />
        <KeysDialog view={view} />
      </body>
    </html>
  );
}

/**
 * The one form for buttons that stand inside another form (a list with ticks): they name it by `form="deed"` and bring their
 * own `formaction`, so a row can act without a script and without nested forms.
 */
function DeedForm(props: { readonly view: View }) {
  return (
    <form id="deed" method="post" hidden>
      <input type="hidden" name="csrf" value={props.view.csrf} />
      <input type="hidden" name="back" value={props.view.path} />
    </form>
  );
}

function liveOf(view: View): Record<string, string> {
  if (view.user === null || view.company === null) return {};
  return {
    'data-controller': 'keys tips live',
    'data-live-url-value': paths.live,
    'data-live-worker-value': view.assets.liveWorker,
    'data-live-scope-value': `${view.company.id}-${view.user.id}`,
    'data-live-after-value': String(view.logIndex),
  };
}
