import type { ImServices } from '@/sdk';

type Listener = (...args: unknown[]) => void;

/** A service of the SDK under a test's control: a real emitter and prepared answers. */
export class FakeService {
  readonly calls: [method: string, ...args: unknown[]][] = [];
  private readonly events = new Map<string, Set<Listener>>();

  constructor(answers: Readonly<Record<string, (...args: never[]) => unknown>> = {}) {
    for (const [method, answer] of Object.entries(answers)) {
      Object.assign(this, {
        [method]: (...args: never[]) => {
          this.calls.push([method, ...args]);
          return answer(...args);
        },
      });
    }
  }

  on(event: string, listener: Listener): void {
    this.events.set(event, (this.events.get(event) ?? new Set()).add(listener));
  }

  off(event: string, listener: Listener): void {
    this.events.get(event)?.delete(listener);
  }

  emit(event: string, ...args: unknown[]): void {
    for (const listener of [...(this.events.get(event) ?? [])]) listener(...args);
  }

  removeAllListeners(): void {
    this.events.clear();
  }

  reset(): void {
    this.calls.push(['reset']);
  }
}

export function fakeServices() {
  const login = new FakeService({
    login: () => Promise.resolve(),
    logout: () => Promise.resolve(),
    kickOffline: () => Promise.resolve(),
    getLoginUser: () => 'anna',
    getLoginStatus: () => 1,
    getChatroomLinkAddress: (roomId: string) =>
      roomId === '9001' ? Promise.resolve(['room.example:443']) : Promise.reject({ code: 113404 }),
  });
  const message = new FakeService({ sendMessage: (text: string) => `sent ${text}` });
  const passthrough = new FakeService({
    httpProxy: ({ path }: { path: string }) =>
      path === '/fails'
        ? Promise.reject({ code: 503, desc: 'busy' })
        : Promise.resolve({ header: '{}', body: '{"ok":true}' }),
  });
  const services = { login, message, passthrough };
  return { ...services, services: services as unknown as ImServices };
}
