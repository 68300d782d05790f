import { type Emulator, startEmulator } from '../../emulator';
import { build } from '../../scripts/lib/build';
import { BareSdk } from '../harness';
import { noteAskedHosts } from '../harness/asked-hosts';
import { type Host, launchHost, type NodeHandle } from '../host';
import { createWx, type WxHandle, type WxOptions } from '../wx';

/** The built package in a host, and a user who knows the app's pages. */
export interface Phone {
  readonly host: Host;
  readonly wx: WxHandle;
  /** Presses the button with this text. */
  press(text: string): Promise<void>;
  /**
   * Opens "other ways", fills in the form of one way and presses sign-in. Without a token it is the WeChat user
   * whose account this is: the app server makes tokens for nobody else.
   */
  signIn(way: '账号密码' | '动态令牌' | '第三方', accountId: string, token?: string): Promise<void>;
  /** The two halves of {@link signIn}. */
  fillIn(way: string, accountId: string, token?: string): Promise<void>;
  submit(): void;
  /** Opens a conversation from the list by its name. */
  openChat(name: string | RegExp): Promise<void>;
  send(text: string): Promise<void>;
  /** The texts of the bubbles, oldest first, as the WXML shows them. */
  bubbles(): string[];
  bubble(text: string): Promise<NodeHandle>;
}

export interface WeappStage {
  readonly emulator: Emulator;
  phone(options?: WxOptions): Promise<Phone>;
  /** The SDK alone, signed in: the other side of a conversation. */
  other(accountId: string): Promise<BareSdk>;
}

/** Where the committed .env, and so the built package, says that the emulator is. */
const BUILT_FOR = '127.0.0.1:7600';
const SIGN_IN_PAGE = 'pages/login/index';
const LIST_PAGE = 'pages/conversations/index';

/** A fresh emulator for each test of the file, and the production package built once. */
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
    emulator = await startEmulator({ port: 0, world: 'empty' });
    for (const [accountId, name] of [
      ['anna', '安娜'],
      ['ben', '本'],
    ] as const) {
      emulator.world.addAccount({ accountId, name, token: `token-${accountId}` });
    }
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
    async phone(options = {}) {
      const phone = await launchPhone(dist, running(), options);
      ends.push(() => {
        const errors = [...phone.host.errors];
        phone.host.close();
        noteAskedHosts(phone.wx);
        expect(errors).toEqual([]);
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
  const host = await launchHost({ dist, wx, globals });
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
      what: `the form of ${way}`,
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
    await host.waitForPage('pages/chat/index');
    await host.waitForNode({ tag: 'textarea' });
  }

  async send(text: string): Promise<void> {
    this.host.page.find({ tag: 'textarea' }).input(text);
    (await this.host.waitForNode({ className: 'composer-send' })).tap();
  }

  bubbles(): string[] {
    const rows = (className: string) =>
      this.host.page
        .findAll({ className })
        .flatMap((container) => container.findAll({ className: 'bubble' }))
        .map((bubble) => bubble.text);
    // The history container is laid out in reverse: its last row is the topmost on the screen.
    return [...rows('history').reverse(), ...rows('live')];
  }

  bubble(text: string): Promise<NodeHandle> {
    return this.host.waitForNode({ className: 'bubble', text });
  }
}
