import { View } from '@tarojs/components';
import { useDidHide, useDidShow, useRouter } from '@tarojs/taro';
import { autorun } from 'mobx';
import { type ComponentType, useEffect, useState } from 'react';
import { type Translate, translatorFor } from '@/i18n';
import type { Core } from '@/connection/boot';
import type { RootStore } from '@/stores';
import { CallSheet } from './call-sheet';
import { classes } from './classes';
import { useCore } from './core-context';
import { ErrorBoundary } from './error-boundary';
import { firstPaint } from './first-paint';
import { badgeTabs, labelTabs, nameBar, paintBars } from './native-bars';
import { NavBar } from './nav-bar';
import { tellNewcomer } from './newcomer';
import { observer } from './observer';
import { offerUpdate } from './offer-update';
import { PageGate, PageGateContext } from './page-gate';
import { addressOf, type PageAddress, type PageParams } from './page-params';
import { type Audience, guardSession } from './session-guard';
import { useStores } from './stores-context';
import { tellElsewhere } from './tell-elsewhere';
import { today } from './today';

interface PageOptions {
  /** Read inside a reaction: what it reads from the stores keeps it up to date. */
  title: (t: Translate, root: RootStore, params: PageParams, core: Core) => string;
  /** `call`: dark in both themes, and itself what the sheet over the other pages is about. */
  kind: 'login' | 'tab' | 'inner' | 'call';
  /** Who is not signed in may be here too. */
  guests?: boolean;
}

/**
 * Makes a page of a view: theme, title, tab bar and session are looked after while the page is shown,
 * and nothing in it renders while it is not.
 */
export function page(Content: ComponentType<{ params: PageParams }>, options: PageOptions) {
  const isTab = options.kind === 'tab';
  const isCall = options.kind === 'call';

  return function Page({ tid }: { tid?: string }) {
    const root = useStores();
    const core = useCore();
    const { path, params } = useAddress(tid);
    const [gate] = useState(() => new PageGate());
    const [shown, setShown] = useState(true);
    useEffect(() => firstPaint.reportAfterFlush(), []);
    useDidShow(() => {
      gate.show();
      today.look();
      setShown(true);
    });
    useDidHide(() => {
      gate.hide();
      setShown(false);
    });

    useEffect(() => {
      if (!shown) return;
      const title = () => options.title(translatorFor(root.settings.language), root, params, core);
      // The stores go with the login; what the user was looking at stays behind the dialog that explains it.
      const isOver = () =>
        whoMayBeHere(options) === 'signedIn' && root.session.status === 'signedOut';
      const reactions = [
        autorun(() => gate.hold(isOver())),
        autorun(() => guardSession(root, whoMayBeHere(options))),
        autorun(() => {
          if (!isOver()) nameBar(title());
        }),
        ...(isCall ? [] : [autorun(() => paintBars(root.settings, isTab))]),
        autorun(() => tellNewcomer(root)),
        // Not over a call.
        ...(isCall ? [] : [autorun(() => offerUpdate(root)), autorun(() => tellElsewhere(root))]),
        ...(isTab ? [autorun(() => labelTabs(root.settings)), autorun(() => badgeTabs(root))] : []),
      ];
      return () => {
        for (const stop of reactions) stop();
      };
    }, [root, core, params, shown, gate]);

    return (
      <PageGateContext.Provider value={gate}>
        <ErrorBoundary core={core} path={path} dark={isCall} canGoBack={options.kind !== 'tab'}>
          <Root options={options} params={params} Content={Content} />
        </ErrorBoundary>
      </PageGateContext.Provider>
    );
  };
}

/**
 * The address of this page. Taro's router is that of the current page: none, or another page, when the user
 * leaves WeChat between the start of a page and its first rendering. In a mini-program Taro's id of the
 * page (`tid`) is the address itself; in a browser the id has no parameters.
 */
function useAddress(tid: string | undefined): PageAddress {
  const router = useRouter() as PageAddress | null;
  const [address] = useState(() =>
    process.env.TARO_ENV === 'h5' || tid === undefined
      ? { path: router?.path ?? '', params: router?.params ?? {} }
      : addressOf(tid),
  );
  return address;
}

interface RootProps {
  options: PageOptions;
  params: PageParams;
  Content: ComponentType<{ params: PageParams }>;
}

const Root = observer(function Root({ options, params, Content }: RootProps) {
  const root = useStores();
  const core = useCore();
  const theme = options.kind === 'call' ? 'dark' : root.settings.chosenTheme;
  return (
    <View className={classes('app', options.kind, theme && `theme-${theme}`)}>
      {process.env.TARO_ENV === 'h5' && (
        <NavBar
          title={options.title(translatorFor(root.settings.language), root, params, core)}
          canGoBack={options.kind === 'inner' || options.kind === 'call'}
        />
      )}
      <Content params={params} />
      {options.kind !== 'call' && <CallSheet />}
    </View>
  );
});

function whoMayBeHere({ kind, guests }: PageOptions): Audience {
  if (kind === 'login') return 'signedOut';
  return guests ? 'everybody' : 'signedIn';
}
