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

describe('the file of the SDK', () => {
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
