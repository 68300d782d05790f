import { plugInAtStart } from '@plug-in-meeting-kit';
import { firstPaint } from '@/components/page/first-paint';
import { boot, type Core } from '@/connection/boot';
import { ConfigurationError } from '@/env';
import { loadSdk } from '@/sdk';
import { createRootStore, type RootStore } from '@/stores';

export type Started = { core: Core; root: RootStore } | { problem: ConfigurationError };

/**
 * Builds the app before any page: the socket gate first, then the connection manager and the stores. A wrong
 * configuration is no crash: the screen shows the field and the fix.
 */
export function start(): Started {
  try {
    const core = boot({}, firstPaint.done);
    const root = createRootStore(core);
    plugInAtStart(core, root);
    // While the user looks at the sign-in page, or at the stored list. The login loads again and says what failed.
    void firstPaint.done.then(() => loadSdk(core.platform.clock)).catch(() => undefined);
    void firstPaint.done.then(() => root.remoteConfig.load());
    void signInAtStart(core, root);
    return { core, root };
  } catch (error) {
    if (error instanceof ConfigurationError) return { problem: error };
    throw error;
  }
}

async function signInAtStart({ env }: Core, root: RootStore): Promise<void> {
  await root.session.restore();
  // The demo page puts each phone's account into the address, so no button has to be pressed.
  const isDemo =
    process.env.TARO_ENV === 'h5' &&
    env.development &&
    globalThis.location.search.includes('account=');
  if (isDemo && root.session.status === 'signedOut') await root.session.signIn({ way: 'oneTap' });
}
