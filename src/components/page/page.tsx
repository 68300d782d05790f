import { View } from '@tarojs/components';
import { useDidHide, useDidShow, useRouter } from '@tarojs/taro';
import { autorun } from 'mobx';
import { type ComponentType, useContext, useEffect, useState } from 'react';
import { type Translate, appTexts } from '@/i18n';
import type { Core } from '@/connection/boot';
import type { RootStore } from '@/stores';
import { CallSheet } from '../call/call-sheet';
import { AfterSdk } from './after-sdk';
import { useCore } from './core-context';
import { embedding } from './embedding';
import { ErrorBoundary } from './error-boundary';
import { firstPaint } from './first-paint';
import { setTabBadges, setTabLabels, setBarTitle, setBarColours } from './native-bars';
import { NavBar } from './nav-bar';
import { toastNewDevice } from './new-device-toast';
import { observer } from './observer';
import { offerUpdate } from './offer-update';
import { PageGate, PageGateContext } from './page-gate';
import { pageAddressOf, type PageAddress, type PageParams } from './page-params';
import { rootClass } from './root-class';
import { type Audience, guardSession } from './session-guard';
import { StoresContext, useStores } from './stores-context';
import { toastAnsweredElsewhere } from './answered-elsewhere-toast';
import { today } from './today';

interface PageOptions {
  /** Runs inside a reaction: the title follows the stores that it reads. */
  title: (t: Translate, root: RootStore, params: PageParams, core: Core) => string;
  /** `call`: the page is dark in both themes and shows no sheet about its own call. `media`: dark in both themes. */
  kind: 'login' | 'tab' | 'inner' | 'call' | 'media';
  /** Whether users who are not signed in may open the page. */
  guests?: boolean;
}

/**
 * Makes a page of a view: handles theme, title, tab bar and session while the page is shown, and delays all
 * rendering while it is hidden.
 */
export function page(Content: ComponentType<{ params: PageParams }>, options: PageOptions) {
  const isTab = options.kind === 'tab';
  const isCall = options.kind === 'call';
  const isDark = isAlwaysDark(options);

  function Page({ tid }: { tid?: string }) {
    const root = useStores();
    const core = useCore();
    const { path, params } = useAddress(tid);
    const [gate] = useState(() => new PageGate());
    const [shown, setShown] = useState(true);
    useEffect(() => firstPaint.reportAfterFlush(), []);
    useDidShow(() => {
      gate.show();
      today.refreshDay();
      setShown(true);
    });
    useDidHide(() => {
      gate.hide();
      setShown(false);
    });

    useEffect(() => {
      if (!shown) return;
      const title = () => options.title(appTexts(root.settings.language), root, params, core);
      // The stores are disposed with the login; the page keeps its content behind the dialog that explains
      // the end.
      const isOver = () =>
        whoMayBeHere(options) === 'signedIn' && root.session.status === 'signedOut';
      const reactions = [
        autorun(() => gate.setHeld(isOver())),
        autorun(() => guardSession(root, whoMayBeHere(options))),
        autorun(() => {
          if (!isOver()) setBarTitle(title());
        }),
        ...(isDark ? [] : [autorun(() => setBarColours(root.settings, isTab))]),
        autorun(() => toastNewDevice(root)),
        // No update dialog during a call.
        ...(isCall
          ? []
          : [autorun(() => offerUpdate(root)), autorun(() => toastAnsweredElsewhere(root))]),
        ...(isTab && !process.env.APP_EMBED_ROOT
          ? [autorun(() => setTabLabels(root.settings)), autorun(() => setTabBadges(root))]
          : []),
      ];
      return () => {
        for (const stop of reactions) stop();
      };
    }, [root, core, params, shown, gate]);

    return (
      <PageGateContext.Provider value={gate}>
        <ErrorBoundary core={core} path={path} dark={isDark} canGoBack={options.kind !== 'tab'}>
          <Root options={options} path={path} params={params} Content={Content} />
        </ErrorBoundary>
      </PageGateContext.Provider>
    );
  }
  return process.env.APP_EMBED_ROOT ? afterStart(Page) : Page;
}

/** In a host the stores come when the host starts the app and go when it leaves; a page may be open all the time. */
function afterStart(Page: ComponentType<{ tid?: string }>) {
  return function Started(props: { tid?: string }) {
    const root = useContext(StoresContext);
    const NotStarted = embedding.parts?.NotStarted;
    if (root) return <Page {...props} />;
    return NotStarted ? <NotStarted /> : null;
  };
}

/**
 * The address of this page. Taro's router is that of the current page, so it is missing or of another page
 * when the user leaves WeChat between the start of a page and its first rendering. In a mini-program Taro's
 * id of the page (`tid`) is the address itself; in a browser the id has no parameters.
 */
function useAddress(tid: string | undefined): PageAddress {
  const router = useRouter() as PageAddress | null;
  const [address] = useState(() =>
    process.env.TARO_ENV === 'h5' || tid === undefined
      ? { path: router?.path ?? '', params: router?.params ?? {} }
      : pageAddressOf(tid),
  );
  return address;
}

interface RootProps {
  options: PageOptions;
  path: string;
  params: PageParams;
  Content: ComponentType<{ params: PageParams }>;
}

const Root = observer(function Root({ options, path, params, Content }: RootProps) {
  const root = useStores();
  const core = useCore();
  const className = rootClass(root.settings, {
    kind: options.kind,
    isDark: isAlwaysDark(options),
  });
  return (
    <View className={className}>
      {process.env.TARO_ENV === 'h5' && (
        <NavBar
          title={options.title(appTexts(root.settings.language), root, params, core)}
          canGoBack={options.kind !== 'tab' && options.kind !== 'login'}
        />
      )}
      {process.env.APP_EMBED_ROOT && isForHost(options, root) ? (
        <SignedOut root={root} />
      ) : (
        <AfterSdk isNeeded={needsSdk(options)}>
          <Content params={params} />
        </AfterSdk>
      )}
      {process.env.APP_EMBED_ROOT && options.kind === 'tab' && <Tabs path={path} />}
      {process.env.PRODUCT_CALLS !== 'off' && options.kind !== 'call' && <CallSheet />}
    </View>
  );
});

/** Whether the page waits until the host has signed a user in. */
function isForHost(options: PageOptions, { session }: RootStore): boolean {
  const isHosts = embedding.parts?.usesSignInPage === false;
  return isHosts && session.status === 'signedOut' && whoMayBeHere(options) === 'signedIn';
}

function SignedOut({ root }: { root: RootStore }) {
  const Part = embedding.parts?.SignedOut;
  return Part ? <Part root={root} /> : null;
}

function Tabs({ path }: { path: string }) {
  const Part = embedding.parts?.Tabs;
  return Part ? <Part path={path} /> : null;
}

/** The tabs draw what is stored while the SDK loads; the pages over the tabs call its services at once. */
function needsSdk(options: PageOptions): boolean {
  return options.kind !== 'tab' && whoMayBeHere(options) === 'signedIn';
}

function isAlwaysDark({ kind }: PageOptions): boolean {
  return kind === 'call' || kind === 'media';
}

function whoMayBeHere({ kind, guests }: PageOptions): Audience {
  if (kind === 'login') return 'signedOut';
  return guests ? 'everybody' : 'signedIn';
}
