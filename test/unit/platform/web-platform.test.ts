import { createWebPlatform } from '@/platform/web-platform';

describe('the end of a page in a browser', () => {
  const page = new EventTarget();
  const names = ['addEventListener', 'removeEventListener', 'localStorage'] as const;
  const before = names.map((name) => Object.getOwnPropertyDescriptor(globalThis, name));

  beforeEach(() => {
    Object.defineProperties(globalThis, {
      addEventListener: { value: page.addEventListener.bind(page), configurable: true },
      removeEventListener: { value: page.removeEventListener.bind(page), configurable: true },
      localStorage: { value: {}, configurable: true, writable: true },
    });
  });
  afterEach(() => {
    names.forEach((name, index) => {
      Reflect.deleteProperty(globalThis, name);
      const descriptor = before[index];
      if (descriptor) Object.defineProperty(globalThis, name, descriptor);
    });
  });

  const hide = (persisted: boolean) =>
    page.dispatchEvent(Object.assign(new Event('pagehide'), { persisted }));

  test('is reported when the page closes for good, not while the browser caches the page', () => {
    const { lifecycle } = createWebPlatform();
    let ended = 0;
    const stop = lifecycle.onEnd?.(() => ended++);
    hide(true);
    expect(ended).toBe(0);
    hide(false);
    expect(ended).toBe(1);
    stop?.();
    hide(false);
    expect(ended).toBe(1);
  });
});
