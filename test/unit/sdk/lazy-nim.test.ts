import { LazyNim, loadSdk, type LoginAttempt, type NimDependencies, type NimPort } from '@/sdk';
import { FakeClock } from '../fakes/fake-clock';

const attempt: LoginAttempt = { accountId: 'a', authType: 0, token: 't', timeoutMs: 1000 };

function rig(painted = Promise.resolve()) {
  const calls: string[] = [];
  const handlers = new Map<string, (...args: unknown[]) => void>();
  const keep = (name: string, handler: (...args: unknown[]) => void) => {
    handlers.set(name, handler);
    return () => handlers.delete(name);
  };
  const real = {
    services: { message: 'the message service' },
    on: (event: string, handler: (...args: unknown[]) => void) => keep(event, handler),
    listen: (service: string, event: string, handler: (...args: unknown[]) => void) =>
      keep(`${service} ${event}`, handler),
    connectStatus: () => 1,
    loginStatus: () => 1,
    login: async () => void calls.push('login'),
    destroy: async () => void calls.push('destroy'),
  } as unknown as NimPort;
  const lazy = new LazyNim({} as NimDependencies, painted, () =>
    Promise.resolve(() => {
      calls.push('create');
      return real;
    }),
  );
  return { lazy, calls, handlers };
}

describe('the lazy SDK instance', () => {
  it('is created at the first login, after the first paint and not earlier', async () => {
    let paint = () => undefined as void;
    const { lazy, calls } = rig(new Promise((resolve) => (paint = resolve)));
    const login = lazy.login(attempt);
    await Promise.resolve();
    expect(calls).toEqual([]);
    expect(lazy.connectStatus()).toBe(0);
    paint();
    await login;
    expect(calls).toEqual(['create', 'login']);
    expect(lazy.connectStatus()).toBe(1);
  });

  it('passes on earlier subscriptions and releases them', async () => {
    const { lazy, handlers } = rig();
    const heard: unknown[] = [];
    const stop = lazy.on('connectStatus', (status) => heard.push(status));
    lazy.listen('message', 'onReceiveMessages', (all) => heard.push(all));
    const stopEarly = lazy.on('kicked', () => heard.push('kicked'));
    stopEarly();
    await lazy.login(attempt);
    handlers.get('connectStatus')?.(1);
    handlers.get('message onReceiveMessages')?.('messages');
    expect(heard).toEqual([1, 'messages']);
    expect(handlers.has('kicked')).toBe(false);
    stop();
    expect(handlers.has('connectStatus')).toBe(false);
  });

  it('has no services before the first login', () => {
    const { lazy, calls } = rig();
    expect(() => lazy.services).toThrow(expect.objectContaining({ code: 190002 }));
    expect(calls).toEqual([]);
  });

  it('is never created for a login that was cancelled meanwhile', async () => {
    let paint = () => undefined as void;
    const { lazy, calls } = rig(new Promise((resolve) => (paint = resolve)));
    const login = lazy.login(attempt);
    await lazy.destroy();
    paint();
    await expect(login).rejects.toMatchObject({ code: 190002 });
    expect(calls).toEqual([]);
  });
});

describe('the lazy SDK instance, before and after the SDK is there', () => {
  const names = [
    'renew',
    'logout',
    'reconnect',
    'dropLink',
    'closeSocket',
    'destroy',
    'probe',
  ] as const;

  function counted(load?: () => Promise<never>) {
    const calls: string[] = [];
    const real = Object.fromEntries(
      names.map((name) => [name, () => Promise.resolve(calls.push(name))]),
    );
    Object.assign(real, {
      connectStatus: () => 3,
      loginStatus: () => 2,
      login: () => Promise.resolve(calls.push('login')),
      on: (event: string) => {
        calls.push(`on ${event}`);
        return () => calls.push(`off ${event}`);
      },
    });
    const create = () => real as unknown as NimPort;
    const lazy = new LazyNim(
      {} as NimDependencies,
      Promise.resolve(),
      load ?? (() => Promise.resolve(create)),
    );
    return { lazy, calls };
  }

  it('does nothing before, and passes every call on after', async () => {
    const { lazy, calls } = counted();
    lazy.renew(attempt);
    lazy.reconnect();
    lazy.dropLink();
    lazy.closeSocket();
    await lazy.logout();
    expect([lazy.connectStatus(), lazy.loginStatus(), calls]).toEqual([0, 0, []]);
    await lazy.login(attempt);
    await lazy.login(attempt);
    lazy.renew(attempt);
    lazy.reconnect();
    lazy.dropLink();
    lazy.closeSocket();
    await lazy.probe();
    await lazy.logout();
    expect([lazy.connectStatus(), lazy.loginStatus()]).toEqual([3, 2]);
    lazy.on('kicked', () => undefined)();
    await lazy.destroy();
    expect(calls).toEqual([
      'login',
      'login',
      'renew',
      'reconnect',
      'dropLink',
      'closeSocket',
      'probe',
      'logout',
      'on kicked',
      'off kicked',
      'destroy',
    ]);
  });

  it('does not begin a login after a logout or a newer login', async () => {
    const { lazy, calls } = counted();
    const first = lazy.login(attempt);
    await lazy.logout();
    await expect(first).rejects.toEqual({ code: 190002, desc: 'ended before it began' });
    const replaced = lazy.login(attempt);
    const newest = lazy.login(attempt);
    await expect(replaced).rejects.toMatchObject({ code: 190002 });
    await newest;
    expect(calls).toEqual(['login']);
  });
});

describe('the file of the SDK', () => {
  it('names the failure in every form that WeChat has, and says when it is there', async () => {
    jest.resetModules();
    const { loadSdk: load, sdkFile, LazyNim: Lazy } = await import('@/sdk');
    const clock = new FakeClock();
    let isTold = false;
    void sdkFile.whenLoaded.then(() => (isTold = true));
    for (const [cause, desc] of [
      [{ errMsg: 'fail', message: 'm' }, 'fail'],
      [new Error('broken'), 'broken'],
      ['text', 'text'],
      [undefined, 'undefined'],
    ] as const)
      await expect(load(clock, () => Promise.reject(cause))).rejects.toEqual({
        code: 600114,
        desc,
      });
    expect([sdkFile.isLoaded(), isTold]).toEqual([false, false]);
    const lazy = new Lazy({} as NimDependencies, Promise.resolve());
    await expect(lazy.probe()).rejects.toEqual({
      code: 190002,
      desc: 'the SDK is not loaded yet',
    });
    const services = { message: 'the service' };
    await load(clock, () => Promise.resolve(() => ({ services }) as unknown as NimPort));
    await Promise.resolve();
    expect([sdkFile.isLoaded(), isTold]).toEqual([true, true]);
    expect(lazy.services).toBe(services);
    const late = load(clock, () => new Promise(() => undefined));
    await clock.advance(20_000);
    expect(await late).toBeDefined();
  });

  const create = () => ({}) as NimPort;

  it('is loaded again after WeChat refused it', async () => {
    const clock = new FakeClock();
    const refused = () => Promise.reject({ mod: 'nim-sdk.js', errMsg: 'loadSubpackage:fail' });
    await expect(loadSdk(clock, refused)).rejects.toEqual({
      code: 600114,
      desc: 'loadSubpackage:fail',
    });
    expect(await loadSdk(clock, () => Promise.resolve(create))).toBe(create);
  });

  it('is given up after 20 s without an answer, for all that wait', async () => {
    jest.resetModules();
    const anew = (await import('@/sdk')).loadSdk;
    const clock = new FakeClock();
    const never = jest.fn(() => new Promise<typeof create>(() => undefined));
    const both = Promise.allSettled([anew(clock, never), anew(clock, never)]);
    await clock.advance(20_000);
    for (const each of await both)
      expect(each).toMatchObject({ status: 'rejected', reason: { code: 600114 } });
    expect(never).toHaveBeenCalledTimes(1);
    expect(await anew(clock, () => Promise.resolve(create))).toBe(create);
  });
});
