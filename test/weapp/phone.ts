import type { Emulator } from '../../emulator';
import { build } from '../../scripts/lib/build';
import { BareSdk } from '../harness';
import { noteAskedHosts } from '../harness/asked-hosts';
import { type Host, launchHost, type NodeHandle } from '../host';
import type { RenderingCache } from '../host/rendering-cache';
import { secondOpinion } from '../second-opinion';
import { createWx, type WxHandle, type WxOptions } from '../wx';
import { emulatorOfTwo } from './two-people';

/** The built package in a host, with the actions of a user. */
export interface Phone {
  readonly host: Host;
  readonly wx: WxHandle;
  /** Presses the button with the given text. */
  press(text: string): Promise<void>;
  /**
   * Opens "other ways", fills in the form of a sign-in method and presses sign-in. Without a token the account
   * must belong to the WeChat user, because the app server issues no tokens for other accounts.
   */
  signIn(way: '账号密码' | '动态令牌' | '第三方', accountId: string, token?: string): Promise<void>;
  /** Fills in the form of {@link signIn} without pressing sign-in. */
  fillIn(way: string, accountId: string, token?: string): Promise<void>;
  submit(): void;
  /** Opens a conversation from the list by its name. */
  openChat(name: string | RegExp): Promise<void>;
  send(text: string): Promise<void>;
  /** Opens the composer's "+" panel if it is closed, and returns the item with this class. */
  moreItem(className: string): Promise<NodeHandle>;
  /** Returns the texts of the bubbles, oldest first, as in the WXML. */
  /** An item of the open menu of a message. */
  menuItem(text: string): Promise<NodeHandle>;
  bubbles(): string[];
  bubble(text: string): Promise<NodeHandle>;
}

export interface WeappStage {
  readonly emulator: Emulator;
  phone(options?: WxOptions, cache?: RenderingCache): Promise<Phone>;
  /** Signs in with the bare SDK, as the other side of a conversation. */
  other(accountId: string): Promise<BareSdk>;
}

/** Address of the emulator in the committed .env, and so in the built package. */
const BUILT_FOR = '127.0.0.1:7600';
const SIGN_IN_PAGE = 'pages/login/index';
const LIST_PAGE = 'pages/conversations/index';

/** Provides a fresh emulator for each test of the file, and the production package, built once. */
export function useWeapp(): WeappStage {
  let emulator: Emulator | undefined;
  let dist = '';
  let ends: (() => unknown)[] = [];
  const running = () => {
    if (!emulator) throw new Error('the emulator runs inside a test only');
    return emulator;
  };

  jest.setTimeout(60_000);
  beforeAll(async () => {
    dist = (await build({ target: 'weapp' })).directory;
  }, 300_000);
  beforeEach(async () => {
    emulator = await emulatorOfTwo();
  });
  afterEach(async () => {
    for (const end of ends.reverse()) await end();
    ends = [];
    const { unimplemented } = running();
    await running().close();
    expect(unimplemented).toEqual([]);
  });

  return {
    get emulator() {
      return running();
    },
    async phone(options = {}, cache = new Map()) {
      const phone = await launchPhone(dist, running(), options, undefined, undefined, cache);
      ends.push(() => {
        const errors = [...phone.host.errors];
        // Deeper than the templates; see config/template-levels.ts.
        const isTooDeep = phone.host.page.has({ tag: 'comp' });
        // Half a minute in all: CI pays for it, `npm test` of a developer does not.
        const doubts = process.env.CI ? secondOpinion(phone.host) : [];
        phone.host.close();
        noteAskedHosts(phone.wx);
        expect(errors).toEqual([]);
        expect(isTooDeep).toBe(false);
        expect(doubts).toEqual([]);
      });
      return phone;
    },
    async other(accountId) {
      const sdk = new BareSdk(running());
      ends.push(() => sdk.dispose());
      await sdk.login(accountId, `token-${accountId}`);
      return sdk;
    },
  };
}

/** Starts the package at `dist` on a phone whose network leads to this emulator. */
export async function launchPhone(
  dist: string,
  emulator: Pick<Emulator, 'url'>,
  options: WxOptions = {},
  prepare: (wx: WxHandle) => void = () => undefined,
  globals: Record<string, unknown> = {},
  renderingCache: RenderingCache = new Map(),
): Promise<Phone> {
  const address = new URL(emulator.url).host;
  const wx = createWx({
    limits: { total: 5, perHost: 2 },
    closeDelayMs: 300,
    connectReadOnly: true,
    language: 'zh_CN',
    resolve: (url) => url.replace(BUILT_FOR, address),
    ...options,
  });
  prepare(wx);
  const host = await launchHost({ dist, wx, globals, renderingCache });
  await host.waitFor(() => [SIGN_IN_PAGE, LIST_PAGE].includes(host.route), {
    what: 'the first page',
  });
  return new UserOfPhone(host, wx);
}

class UserOfPhone implements Phone {
  constructor(
    readonly host: Host,
    readonly wx: WxHandle,
  ) {}

  async signIn(way: string, accountId: string, token?: string): Promise<void> {
    if (token === undefined) this.wx.options.loginCode = `demo:${accountId}`;
    await this.fillIn(way, accountId, token);
    this.submit();
  }

  async fillIn(way: string, accountId: string, token?: string): Promise<void> {
    const { host } = this;
    await host.waitForPage(SIGN_IN_PAGE);
    const more = await host.waitFor(
      () => host.page.maybe({ text: '其他登录方式' }) ?? host.page.maybe({ className: 'ways' }),
      { what: 'the sign-in form' },
    );
    more.closest('button')?.tap();
    (await host.waitForNode({ text: way })).tap();
    const fields = () => host.page.findAll({ tag: 'input' });
    await host.waitFor(() => fields().length === (token === undefined ? 1 : 2), {
      what: `the form of the method ${way}`,
    });
    fields()[0]?.input(accountId);
    if (token !== undefined) fields()[1]?.input(token);
  }

  submit(): void {
    const ways = this.host.page.find({ className: 'ways' });
    ways.find({ text: '登录' }).closest('button')?.tap();
  }

  async press(text: string): Promise<void> {
    (await this.host.waitForNode({ text })).closest('button')?.tap();
  }

  async openChat(name: string | RegExp): Promise<void> {
    const { host } = this;
    await host.waitForPage(LIST_PAGE);
    const row = await host.waitForNode({ className: 'conv-name', text: name });
    row.closest('conv')?.tap();
    await host.waitForPage('packages/chat/index');
    await host.waitForNode({ tag: 'textarea' });
  }

  async send(text: string): Promise<void> {
    this.host.page.find({ tag: 'textarea' }).input(text);
    (await this.host.waitForNode({ className: 'composer-send' })).tap();
  }

  async moreItem(className: string): Promise<NodeHandle> {
    const { host } = this;
    const opened = () => {
      const item = host.page.maybe({ className });
      return item?.closest('panel-closed') ? undefined : item;
    };
    if (!opened()) (await host.waitForNode({ className: 'tool-more' })).tap();
    return await host.waitFor(opened, { what: `the item ${className}` });
  }

  /** The closed menu keeps its texts. */
  async menuItem(text: string): Promise<NodeHandle> {
    const opened = () =>
      this.host.page
        .findAll({ className: 'menu-item', text })
        .find((item) => item.closest('menu-mask'));
    return await this.host.waitFor(opened, { what: `the item ${text} of the menu` });
  }

  bubbles(): string[] {
    const rows = (className: string) =>
      this.host.page
        .findAll({ className })
        .flatMap((container) => container.findAll({ className: 'bubble' }))
        .map((bubble) => bubble.text);
    // The history container is laid out in reverse: its last row is topmost on the screen.
    return [...rows('history').reverse(), ...rows('live')];
  }

  bubble(text: string): Promise<NodeHandle> {
    return this.host.waitForNode({ className: 'bubble', text });
  }
}
