import type { SettingsStore } from '@/stores';
import { PageGate } from '@/components/page/page-gate';

interface Made {
  kind: string;
  url: string;
  succeed(): void;
  fail(errMsg: string): void;
}

const made: Made[] = [];
const toasts: string[] = [];
let stack = 1;

jest.mock('@tarojs/taro', () => {
  const kinds = ['navigateTo', 'redirectTo', 'switchTab', 'reLaunch', 'navigateBack'];
  const call =
    (kind: string) =>
    ({ url = '' }: { url?: string }) =>
      new Promise((resolve, reject) => {
        made.push({
          kind,
          url,
          succeed: () => resolve({ errMsg: `${kind}:ok` }),
          fail: (reason) => reject({ errMsg: `${kind}:fail ${reason}` }),
        });
      });
  return {
    __esModule: true,
    default: {
      ...Object.fromEntries(kinds.map((kind) => [kind, call(kind)])),
      getCurrentPages: () => Array.from({ length: stack }),
      showToast: ({ title }: { title: string }) => Promise.resolve(toasts.push(title)),
    },
  };
});

// Imported after the mock, because it imports Taro.
import { goBack, navigate } from '@/components/page/navigate';

const settings = { language: 'en' } as SettingsStore;
const start = (from?: PageGate) => ({ settings, ...(from ? { from } : {}) });
const kinds = () => made.map(({ kind }) => kind);
const last = (): Made => {
  const newest = made.at(-1);
  if (!newest) throw new Error('nothing was called');
  return newest;
};

describe('navigate', () => {
  let page: PageGate;

  beforeEach(() => {
    made.length = 0;
    toasts.length = 0;
    stack = 1;
    page = new PageGate();
  });

  it("opens a single page for two taps, before and after WeChat's answer", async () => {
    const first = navigate('/chat?id=a', 'open', start(page));
    await navigate('/chat?id=a', 'open', start(page));
    await navigate('/chat?id=b', 'open', start(page));
    last().succeed();
    await first;
    await navigate('/chat?id=b', 'open', start(page));
    page.hide();
    await navigate('/chat?id=b', 'open', start(page));
    expect(made.map(({ url }) => url)).toEqual(['/chat?id=a']);
  });

  it('opens the next page after this page is shown again', async () => {
    const first = navigate('/a', 'open', start(page));
    last().succeed();
    await first;
    page.hide();
    page.show();
    void navigate('/b', 'open', start(page));
    expect(kinds()).toEqual(['navigateTo', 'navigateTo']);
    last().succeed();
  });

  it('shows a failure and accepts the next tap', async () => {
    const first = navigate('/a', 'open', start(page));
    last().fail('timeout');
    await first;
    expect(toasts).toEqual(['This could not be done. Please try again']);
    const second = navigate('/a', 'open', start(page));
    expect(made).toHaveLength(2);
    last().succeed();
    await second;
  });

  it('replaces the top page when the stack holds ten', async () => {
    stack = 9;
    const ninth = navigate('/a', 'open', start(page));
    last().succeed();
    await ninth;
    stack = 10;
    const tenth = navigate('/b', 'open', start(new PageGate()));
    last().succeed();
    await tenth;
    expect(kinds()).toEqual(['navigateTo', 'redirectTo']);
  });

  it('lets the app navigate once right after the user', async () => {
    const tap = navigate('/a', 'open', start(page));
    const restarts = [1, 2, 3].map(() => navigate('/login', 'restart', start()));
    expect(kinds()).toEqual(['navigateTo']);
    last().succeed();
    await tap;
    await restarts[1];
    expect(kinds()).toEqual(['navigateTo', 'reLaunch']);
    last().succeed();
    await Promise.all(restarts);
  });

  it('goes back once for two taps, and opens another page when there is no page below', async () => {
    stack = 2;
    const otherwise = { url: '/list', way: 'tab' } as const;
    const first = goBack(start(page), otherwise);
    await goBack(start(page), otherwise);
    expect(kinds()).toEqual(['navigateBack']);
    last().succeed();
    await first;
    stack = 1;
    const second = goBack(start(new PageGate()), otherwise);
    expect(last()).toMatchObject({ kind: 'switchTab', url: '/list' });
    last().succeed();
    await second;
  });
});
