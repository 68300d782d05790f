import type { Core } from '@/connection/boot';
import type { Emulator } from '../../emulator';
import { bundle, evaluate } from '../harness/bundle';
import { environmentOf } from '../harness/environment';
import { createWx, type WxHandle } from '../wx';

/**
 * An actor that signs in and out, either the app's connection layer or the bare SDK used as its documents
 * describe.
 */
export interface Actor {
  readonly wx: WxHandle;
  login(accountId: string): Promise<unknown>;
  logout(): Promise<unknown>;
  /**
   * Destroys the instance and creates another, as Yunxin requires before a switch (docs/seed-map.md, seed
   * 001).
   */
  destroy(): Promise<unknown>;
  /** The account that is online, undefined when none is. */
  online(): string | undefined;
  dispose(): Promise<void>;
}

export interface ActorOptions {
  emulator: Emulator;
  /** Time from SocketTask.close() to onClose, ms. */
  closeMs: number;
}

function tokenOf(emulator: Emulator, accountId: string): string {
  return emulator.accounts.find((account) => account.accountId === accountId)?.token ?? '';
}

/** Creates the app's connection layer in a `wx` that refuses a 6th socket, or a 3rd to the same host. */
export function connectionActor({ emulator, closeMs }: ActorOptions): Actor & { core: Core } {
  const wx = createWx({
    closeDelayMs: closeMs,
    limits: { total: 5, perHost: 2 },
    connectReadOnly: true,
  });
  const script = bundle('core-entry.ts');
  const { boot } = evaluate<{ boot: () => Core }>(script, wx.wx, environmentOf(emulator));
  const core = boot();
  const { manager } = core;
  return {
    wx,
    core,
    login: (accountId) =>
      manager.login({ accountId, authType: 'static', token: tokenOf(emulator, accountId) }),
    logout: () => manager.logout(),
    destroy: () => manager.logout(),
    online: () => (manager.state.name === 'online' ? manager.connection?.accountId : undefined),
    dispose: async () => {
      await manager.destroy();
      wx.dispose();
    },
  };
}

interface BareNim {
  V2NIMLoginService: {
    login(accountId: string, token: string, option: object): Promise<void>;
    logout(): Promise<void>;
    getLoginStatus(): number;
    getLoginUser(): string;
  };
  destroy(): Promise<void>;
}

interface BareBundle {
  NIM: { getInstance(options: object, other: object): BareNim };
  setAdapters(get: () => object): void;
  wxAdapters(): object;
}

/** Creates the unmodified SDK in a `wx` that counts sockets without refusing any. */
export function bareActor({ emulator, closeMs }: ActorOptions): Actor {
  const wx = createWx({ closeDelayMs: closeMs, limits: false });
  const { NIM, setAdapters, wxAdapters } = evaluate<BareBundle>(bundle('bare-entry.ts'), wx.wx, {});
  setAdapters(wxAdapters);
  const create = () =>
    NIM.getInstance(
      { appkey: emulator.appkey, apiVersion: 'v2', debugLevel: 'off' },
      {
        V2NIMLoginServiceConfig: {
          lbsUrls: [emulator.lbsUrl],
          linkUrl: emulator.linkUrl,
          linkSSL: false,
        },
        reporterConfig: { isDataReportEnable: false, enableCompass: false },
        abtestConfig: { isAbtestEnable: false },
      },
    );
  let nim = create();
  return {
    wx,
    login: (accountId) =>
      nim.V2NIMLoginService.login(accountId, tokenOf(emulator, accountId), { authType: 0 }),
    logout: () => nim.V2NIMLoginService.logout(),
    destroy: async () => {
      const gone = nim.destroy();
      nim = create();
      await gone;
    },
    online: () =>
      nim.V2NIMLoginService.getLoginStatus() === 1
        ? nim.V2NIMLoginService.getLoginUser()
        : undefined,
    dispose: async () => {
      await nim.destroy().catch(() => undefined);
      wx.dispose();
    },
  };
}
