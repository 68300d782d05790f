import { type CachedNode, firstScreenOf } from '@/pages/conversations/first-screen-cache';

jest.mock('@tarojs/taro', () => ({ __esModule: true, default: {} }));

const row = (cl: string, ...cn: CachedNode[]): CachedNode => ({ cl, cn });
const list = (...segments: CachedNode[]): CachedNode => ({
  cn: [{ cl: 'page', cn: [{ cl: 'ch' }, { cl: 'fill conversations', cn: segments }] }],
});
const rows = (screen: CachedNode | null) =>
  screen?.cn?.[0]?.cn?.[1]?.cn?.flatMap(({ cn }) => cn ?? []) ?? null;

test('the first rows are kept, over the border of segments', () => {
  const segment = () => ({ cn: [row('conv'), row('conv')] });
  const screen = firstScreenOf(list(segment(), segment(), segment()), 3);
  expect(rows(screen)).toHaveLength(3);
  expect(screen?.cn?.[0]?.cn?.[0]).toEqual({ cl: 'ch' });
});

test('what a start does not have is left out: online, and the buttons of a swiped row', () => {
  const swiped = row('conv conv-stuck conv-swiped conv-online', row('conv-name'), row('conv-acts'));
  expect(rows(firstScreenOf(list({ cn: [swiped] }), 16))).toEqual([
    row('conv conv-stuck', row('conv-name')),
  ]);
});

test.each([
  ['is empty', list({ cn: [] })],
  ['is scrolled: its first segment is an empty box', list({ cl: '' }, { cn: [row('conv')] })],
  ['is not there yet', { cn: [row('skeleton')] }],
  ['is under a menu', { cn: [...(list({ cn: [row('conv')] }).cn ?? []), row('pm-mask')] }],
])('nothing is kept when the list %s', (_, root) => {
  expect(firstScreenOf(root, 16)).toBeNull();
});
