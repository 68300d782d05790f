import type { LegacyCallbacks } from '@/sdk/legacy-callbacks';
import type { LegacyHost, LegacyIm } from '@/sdk/legacy-im';
import { SharedNim, type SharedNimClass } from '@/sdk/shared-nim';
import { settle } from '../fakes/fake-clock';
import { fakeServices } from './fakes/fake-services';

function stage(
  callbacks: LegacyCallbacks = {},
  wrap: (nim: SharedNimClass) => SharedNimClass = (nim) => nim,
) {
  const fakes = fakeServices();
  const notes: string[] = [];
  const addresses: string[] = [];
  const secret = { token: 'first', isOnline: true };
  const host: LegacyHost = {
    services: fakes.services,
    appkey: 'appkey',
    accountId: 'anna',
    token: () => secret.token,
    isOnline: () => secret.isOnline,
    callbacks,
    note: (text) => notes.push(text),
    onAddresses: (all) => addresses.push(...all),
  };
  const shared = new SharedNim((text) => notes.push(text));
  const wrapped = wrap(shared.NIM);
  const { im, line } = shared.open(wrapped, host);
  return { ...fakes, notes, addresses, secret, shared, wrapped, im, line };
}

/** A kit that adds its own callbacks, as reuseIM does. */
const adding =
  (own: LegacyCallbacks) =>
  (nim: SharedNimClass): SharedNimClass => {
    const original = nim.getInstance;
    nim.getInstance = (options) => original.call(nim, { ...options, ...own });
    return nim;
  };

const reconnect = () => ({ duration: 1000, retryCount: 1 });

describe('the class that a kit wraps', () => {
  test('creates the instance through the kit’s own getInstance', () => {
    const heard: unknown[] = [];
    const { line } = stage({}, adding({ onwillreconnect: (one) => heard.push(one) }));
    line.tell('onwillreconnect', reconnect);
    expect(heard).toEqual([{ duration: 1000, retryCount: 1 }]);
  });

  test('keeps and first calls the application’s callback, whatever the kit does to options', () => {
    const order: string[] = [];
    const { line } = stage(
      { onwillreconnect: () => order.push('application') },
      adding({ onwillreconnect: () => order.push('kit') }),
    );
    line.tell('onwillreconnect', reconnect);
    expect(order).toEqual(['application', 'kit']);
  });

  test('returns the same instance again with new callbacks, and signs nobody in', () => {
    const { im, wrapped, line, notes, login } = stage();
    const heard: string[] = [];
    const again = wrapped.getInstance({
      appKey: 'other',
      account: 'ben',
      token: 'token-ben',
      onwillreconnect: () => heard.push('second'),
    });
    expect(again).toBe(im);
    expect(im.options).toMatchObject({ account: 'anna', token: 'first', appKey: 'appkey' });
    line.tell('onwillreconnect', reconnect);
    expect(heard).toEqual(['second']);
    expect(notes).toEqual([expect.stringContaining('getInstance for ben')]);
    expect(login.calls).toEqual([]);
  });

  test('refuses an instance before the application creates it', () => {
    const { NIM } = new SharedNim(() => undefined);
    expect(() => NIM.getInstance({ appKey: '', account: 'ben', token: '' })).toThrow(
      'the application creates the IM instance',
    );
  });

  test.each([
    [
      'throws',
      () => {
        throw new Error('no');
      },
      'no',
    ],
    ['does not call the original', () => undefined, 'did not call the original'],
  ])('reports a kit’s getInstance that %s', (_, getInstance, message) => {
    const broken = () => ({ getInstance }) as unknown as SharedNimClass;
    expect(() => stage({}, broken)).toThrow(message);
  });

  test('passes to `initialize` the result of the kit’s getInstance', () => {
    const own = { mine: true } as unknown as LegacyIm;
    const { im } = stage({}, (nim) => ({
      getInstance: (options) => {
        nim.getInstance(options);
        return own;
      },
    }));
    expect(im).toBe(own);
  });
});

describe('the older Web SDK’s surface', () => {
  test('options have the signed-in account with the newest token, and are read-only', () => {
    const { im, secret, notes } = stage();
    secret.token = 'second';
    Object.assign(im.options, { token: 'stolen' });
    expect(im.options.token).toBe('second');
    expect(notes).toEqual(['options.token was to be changed; it was not']);
  });

  test('a callback that is added to options later is called from then on', () => {
    const { im, line } = stage();
    const heard: string[] = [];
    im.options.onerror = ({ message }) => heard.push(message);
    line.tell('onerror', () => ({ code: 503, message: 'busy' }));
    im.setOptions({ onerror: () => heard.push('replaced') });
    line.tell('onerror', () => ({ code: 503, message: 'busy' }));
    expect(heard).toEqual(['busy', 'replaced']);
  });

  test('httpRequestProxy relays its request and answers done(null, {body})', async () => {
    const { im, passthrough } = stage();
    const done = jest.fn();
    im.httpRequestProxy({ path: '/room', header: '{}', body: '{}', done });
    await settle();
    expect(passthrough.calls).toEqual([['httpProxy', { path: '/room', header: '{}', body: '{}' }]]);
    expect(done).toHaveBeenCalledWith(null, { header: '{}', body: '{"ok":true}' });
  });

  test('httpRequestProxy reports a failure as done({code, message})', async () => {
    const { im } = stage();
    const done = jest.fn();
    im.httpRequestProxy({ path: '/fails', done });
    im.getChatroomAddress({ chatroomId: 404, done });
    await settle();
    expect(done.mock.calls).toEqual([
      [{ code: 503, message: 'busy' }],
      [{ code: 113404, message: '' }],
    ]);
  });

  test('getChatroomAddress returns addresses and registers them as the kit’s', async () => {
    const { im, addresses, login } = stage();
    const done = jest.fn();
    im.getChatroomAddress({ chatroomId: 9001, done });
    await settle();
    expect(done).toHaveBeenCalledWith(null, { chatroomId: '9001', address: ['room.example:443'] });
    expect(addresses).toEqual(['room.example:443']);
    expect(login.calls).toEqual([['getChatroomLinkAddress', '9001', true]]);
  });

  test('a `done` that throws is recorded', async () => {
    const { im, notes } = stage();
    im.httpRequestProxy({
      path: '/room',
      done: () => {
        throw new Error('kit');
      },
    });
    await settle();
    expect(notes).toEqual(['httpRequestProxy done threw: kit']);
  });

  test.each(['destroy', 'disconnect', 'logout'] as const)(
    '%s calls done and ends nothing',
    async (method) => {
      const { im, login, notes, line } = stage({}, adding({ onerror: () => undefined }));
      const done = jest.fn();
      im[method]({ done });
      im[method]();
      im.connect();
      expect(done).not.toHaveBeenCalled();
      await settle();
      expect(done).toHaveBeenCalledWith(null);
      expect(login.calls).toEqual([]);
      expect(notes[0]).toBe(`${method}: the application’s login stays`);
      const heard = jest.fn();
      im.on('error', heard);
      line.tell('onerror', () => ({ code: 1, message: '' }));
      expect(heard).toHaveBeenCalled();
    },
  );

  test('on, once, off and removeAllListeners are the kit’s own', () => {
    const { im, line } = stage();
    const heard: string[] = [];
    const stay = () => heard.push('on');
    im.on('willReconnect', stay);
    im.once('willReconnect', () => heard.push('once'));
    line.tell('onwillreconnect', reconnect);
    line.tell('onwillreconnect', reconnect);
    im.off('willReconnect', stay);
    line.tell('onwillreconnect', reconnect);
    im.on('disconnect', () => heard.push('disconnect'));
    im.removeAllListeners();
    line.tell('ondisconnect', () => ({ code: 302, message: '' }));
    expect(heard).toEqual(['on', 'once', 'on']);
  });

  test('a callback or listener that throws does not stop the others', () => {
    const heard: string[] = [];
    const fail = () => {
      throw new Error('kit');
    };
    const { im, line, notes } = stage({ onerror: fail }, adding({ onerror: fail }));
    im.on('error', fail);
    im.on('error', () => heard.push('last'));
    line.tell('onerror', () => ({ code: 1, message: '' }));
    expect(heard).toEqual(['last']);
    expect(notes).toEqual([
      'the application’s onerror threw: kit',
      'onerror threw: kit',
      'im error threw: kit',
    ]);
  });

  test('each listener receives its own object', () => {
    const given: object[] = [];
    const take = (one: object) => given.push(one);
    const { im, line } = stage({ onerror: take }, adding({ onerror: take }));
    im.on('error', take);
    line.tell('onerror', () => ({ code: 1, message: '' }));
    expect(new Set(given).size).toBe(3);
  });

  test('the kit receives nothing after the end', () => {
    const heard = jest.fn();
    const { im, line, message } = stage({}, adding({ onerror: heard }));
    im.on('error', heard);
    im.V2NIMMessageService.on('onReceiveMessages', heard);
    line.end();
    line.tell('onerror', () => ({ code: 1, message: '' }));
    message.emit('onReceiveMessages', []);
    expect(heard).not.toHaveBeenCalled();
  });
});

test('protocol.isConnected is true while online, and false after the end of the login', () => {
  const { im, line, secret } = stage();
  expect(im.protocol.isConnected()).toBe(true);
  secret.isOnline = false;
  expect(im.protocol.isConnected()).toBe(false);
  secret.isOnline = true;
  line.end();
  expect(im.protocol.isConnected()).toBe(false);
});

describe('the V2 services on the same object', () => {
  test('are not read before the kit asks: an early read would create the SDK instance too early', () => {
    const looked = jest.fn(() => fakeServices().services);
    const host = {
      get services() {
        return looked();
      },
      appkey: 'appkey',
      accountId: 'anna',
      token: () => 'token',
      isOnline: () => true,
      note: () => undefined,
      onAddresses: () => undefined,
    };
    const shared = new SharedNim(() => undefined);
    const { im } = shared.open(shared.NIM, host);
    expect(looked).not.toHaveBeenCalled();
    expect(im.V2NIMLoginService).toBe(im.V2NIMLoginService);
    expect(looked).toHaveBeenCalledTimes(1);
  });

  test('work, and an unregistered service is missing', async () => {
    const { im, addresses } = stage();
    expect(
      (im.V2NIMMessageService as unknown as { sendMessage(t: string): string }).sendMessage('hi'),
    ).toBe('sent hi');
    expect(im.V2NIMLoginService.getLoginUser()).toBe('anna');
    expect(await im.V2NIMLoginService.getChatroomLinkAddress('9001', true)).toEqual(addresses);
    expect(im.V2NIMTeamService).toBeUndefined();
  });

  test('neither end nor replace the login', async () => {
    const { im, login, notes } = stage();
    const service = im.V2NIMLoginService;
    await service.logout();
    await service.kickOffline({} as never);
    service.setReconnectDelayProvider(() => 0);
    await expect(service.login('ben', 'token')).rejects.toMatchObject({ code: 191001 });
    await expect(service.login('anna', 'token')).resolves.toBeUndefined();
    expect(login.calls.filter(([method]) => !method.startsWith('get'))).toEqual([]);
    expect(notes).toEqual([
      'logout: the application’s login stays',
      'kickOffline: the application’s login stays',
      'setReconnectDelayProvider: the application’s login stays',
      'login of ben: refused, the application signs in',
    ]);
  });

  test('give no access to the SDK’s internals', () => {
    const { im, message, notes } = stage();
    const service = im.V2NIMMessageService as unknown as Record<string, unknown>;
    for (const name of ['emit', 'reset', 'constructor', 'events', 'calls'])
      expect(service[name]).toBeUndefined();
    service['sendMessage'] = () => 'replaced';
    expect((message as unknown as { sendMessage(t: string): string }).sendMessage('hi')).toBe(
      'sent hi',
    );
    expect(notes).toEqual(['V2NIMMessageService.sendMessage was to be replaced; it was not']);
  });

  test('a kit removes only its own listeners, and an error in a listener is caught', () => {
    const { im, message, notes } = stage();
    const application = jest.fn();
    const kit = jest.fn(() => {
      throw new Error('kit');
    });
    message.on('onReceiveMessages', application);
    im.V2NIMMessageService.on('onReceiveMessages', kit);
    message.emit('onReceiveMessages', []);
    im.V2NIMMessageService.removeAllListeners();
    message.emit('onReceiveMessages', []);
    expect(application).toHaveBeenCalledTimes(2);
    expect(kit).toHaveBeenCalledTimes(1);
    expect(notes).toEqual(['V2NIMMessageService onReceiveMessages threw: kit']);
  });
});
