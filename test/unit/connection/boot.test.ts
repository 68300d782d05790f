import { boot } from '@/connection/boot';
import { settle } from '../fakes/fake-clock';

/** The globals of a browser that a start reads. */
const GLOBALS = [
  'CloseEvent',
  'localStorage',
  'addEventListener',
  'removeEventListener',
  'WebSocket',
  'wx',
];
const ENV = {
  TARO_APP_APPKEY: 'appkey',
  TARO_APP_LBS_URL: 'https://lbs.example/lbs',
  TARO_APP_LINK_URL: 'link.example',
  TARO_APP_LEGAL_REQUEST_HOSTS: 'lbs.example, link.example, app.example',
  TARO_APP_LEGAL_SOCKET_HOSTS: 'link.example',
  TARO_APP_APP_SERVER: 'https://app.example',
};

class BrowserSocket {
  close(): void {
    // Never reports its end.
  }
}

describe('the start', () => {
  const globals = GLOBALS.map((name) => Object.getOwnPropertyDescriptor(globalThis, name));
  const environment = { ...process.env };
  afterEach(() => {
    GLOBALS.forEach((name, index) => {
      Reflect.deleteProperty(globalThis, name);
      const before = globals[index];
      if (before) Object.defineProperty(globalThis, name, before);
    });
    process.env = { ...environment };
  });

  function startInBrowser() {
    process.env = { ...environment, ...ENV, TARO_ENV: 'h5' };
    const define = (name: string, value: unknown) =>
      Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
    define('localStorage', {
      getItem: () => null,
      setItem: () => {
        throw new Error('full');
      },
    });
    define('addEventListener', () => undefined);
    define('removeEventListener', () => undefined);
    define('WebSocket', BrowserSocket);
    // Node 20 has no CloseEvent.
    define('CloseEvent', Event);
    const core = boot();
    const lines = () => core.journal.entries().map(({ kind, text }) => `${kind}: ${text}`);
    return { core, lines };
  }

  it('puts the gate in front of every later socket, and writes its events into the journal', async () => {
    const { core, lines } = startInBrowser();
    expect(globalThis.WebSocket).not.toBe(BrowserSocket);
    const open = () =>
      core.gate.withOwner('kit:x', () => new globalThis.WebSocket('wss://kit.example/a'));
    open();
    open();
    const held = open();
    held.close();
    core.gate.list()[0]?.closed(1006);
    core.gate.list()[0]?.closed(1001, 'going away');
    expect(lines()).toEqual([
      'socket: started kit:x kit.example (1 live, 0 held)',
      'socket: started kit:x kit.example (2 live, 0 held)',
      'socket: held kit:x kit.example (2 live, 1 held)',
      'socket: cancelled kit:x kit.example (2 live, 0 held)',
      'socket: closed kit:x kit.example (1 live, 0 held) 1006',
      'socket: closed kit:x kit.example (0 live, 0 held) 1001 going away',
    ]);
    await settle();
  });

  it('writes a failure of the storage into the journal, without the account of the key', () => {
    const { core, lines } = startInBrowser();
    core.platform.storage.set('yunxin.drafts.u1', 'text');
    expect(lines()).toEqual([expect.stringMatching(/^storage: set yunxin\.drafts: .*full/)]);
  });

  it('gives the parts of the core to the manager', () => {
    const { core } = startInBrowser();
    expect(core.env.appkey).toBe('appkey');
    expect(core.sdkFile).toBeDefined();
    expect(core.manager.state.name).toBe('idle');
  });
});
