import type { Emulator } from '../../../emulator';
import { packageSizes } from '../../../scripts/lib/package-size';
import { BareSdk, type Client, createClient } from '../../harness';
import {
  embedInto,
  launchShop,
  prepareForTests,
  removeFolder,
  type ShopOptions,
  type ShopPhone,
} from './embedded-host';
import { emulatorOfTwo } from '../../weapp/two-people';

export const ACCOUNT = 'pages/account/index';
export const HOME = 'pages/home/index';
export const LIST = 'packages/im/pages/conversations/index';
export const LOGIN = 'packages/im/pages/login/index';
export const CHAT = 'packages/im/packages/chat/index';
export const ROOM = 'packages/im/packages/chatroom/room/index';
export const CALL = 'packages/im/packages/call/index';
export const STOCK_SOCKET = 'wss://shop.example.com/stock';

export interface ShopStage {
  /** Bytes of the shop's main package before the chat was taken in. */
  readonly before: number;
  /** The packages of the shop with the chat. */
  readonly sizes: ReturnType<typeof packageSizes>;
  /** The changes that a second run found to make. */
  readonly again: Awaited<ReturnType<typeof embedInto>>;
  readonly emulator: Emulator;
  readonly phone: ShopPhone;
  /** Starts the shop anew with other options. */
  relaunch(options: ShopOptions): Promise<ShopPhone>;
  /** Opens the tab of the shop with the buttons of the chat, and signs in there. */
  signIn(): Promise<void>;
  /** Signs Ben in with the bare SDK. */
  otherSide(): Promise<BareSdk>;
  /** Signs Ben in with a client that can call. */
  caller(): Promise<Client>;
}

/** A fresh emulator and a phone with the shop for each test of the block. `make` returns the shop without the chat. */
export function useShop(make: () => string | Promise<string>): ShopStage {
  let shop = '';
  let before = 0;
  let again: ShopStage['again'];
  let sizes: ShopStage['sizes'] = { main: 0, packages: {} } as ShopStage['sizes'];
  let emulator: Emulator;
  let phone: ShopPhone;
  let others: { dispose(): Promise<void> }[] = [];

  beforeAll(async () => {
    shop = await make();
    before = packageSizes(shop).main;
    await embedInto(shop);
    again = await embedInto(shop);
    sizes = packageSizes(shop);
    prepareForTests(shop);
  }, 900_000);

  afterAll(() => removeFolder(shop));

  beforeEach(async () => {
    emulator = await emulatorOfTwo();
    emulator.rooms.addRoom({ roomId: '9001', roomName: '读书会', creatorAccountId: 'ben' });
    phone = await launchShop(shop, emulator);
  });

  afterEach(async () => {
    const { host, wx, tabBarCalls } = phone;
    const { errors } = host;
    await phone.close();
    await Promise.all(others.map((other) => other.dispose()));
    others = [];
    await emulator.close();
    expect(errors).toEqual([]);
    expect(tabBarCalls).toEqual([]);
    expect(wx.sockets.maxLive).toBeLessThanOrEqual(5);
    expect(wx.sockets.maxOfAnyHost).toBeLessThanOrEqual(2);
    expect(wx.sockets.refused).toBe(0);
  });

  return {
    get before() {
      return before;
    },
    get sizes() {
      return sizes;
    },
    get again() {
      return again;
    },
    get emulator() {
      return emulator;
    },
    get phone() {
      return phone;
    },
    async relaunch(options) {
      await phone.close();
      phone = await launchShop(shop, emulator, options);
      return phone;
    },
    async signIn() {
      phone.host.tapTab('Account');
      await phone.host.waitForPage(ACCOUNT);
      await phone.tap('sign-in');
      await phone.host.waitForNode({ className: 'session', text: 'signedIn' });
    },
    async otherSide() {
      const ben = new BareSdk(emulator);
      others.push(ben);
      await ben.login('ben', 'token-ben');
      return ben;
    },
    async caller() {
      const ben = createClient({ emulator, name: 'ben' });
      others.push(ben);
      await ben.signIn({ way: 'static', accountId: 'ben', token: 'token-ben' });
      return ben;
    },
  };
}
