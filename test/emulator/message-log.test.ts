import { World } from '../../emulator/world/world';
import { emptyWorldState } from '../../emulator/world/world-state';

/**
 * Tests pages without the SDK, because the SDK removes the anchor from a page itself and fills pages from its
 * own memory.
 */
describe('a page of a log', () => {
  const world = new World(emptyWorldState(), () => 1000);
  const log = Array.from({ length: 6 }, (_, index) =>
    world.sendMessage({ from: 'ann', to: 'ben', text: `m${index}` }),
  );
  const page = (query: object): string[] =>
    world.logs
      .historyPage(
        'p2p|ann|ben',
        {
          beginTime: 0,
          endTime: 0,
          lastServerId: '0',
          limit: 2,
          oldestFirst: false,
          messageTypes: [],
          ...query,
        },
        () => true,
      )
      .map(({ text }) => text);
  const at = (index: number): { time: number; lastServerId: string } => ({
    time: log[index]?.createTime ?? 0,
    lastServerId: log[index]?.messageServerId ?? '',
  });

  test('times are strictly increasing even on a clock that stands still', () => {
    expect(log.map(({ createTime }) => createTime)).toEqual([1000, 1001, 1002, 1003, 1004, 1005]);
  });

  test('is newest first by default', () => {
    expect(page({})).toEqual(['m5', 'm4']);
  });

  test('going back omits the anchor', () => {
    const { time, lastServerId } = at(4);
    expect(page({ endTime: time, lastServerId })).toEqual(['m3', 'm2']);
  });

  test('going on omits the anchor', () => {
    const { time, lastServerId } = at(1);
    expect(page({ beginTime: time, lastServerId, oldestFirst: true })).toEqual(['m2', 'm3']);
  });

  test('an end time alone includes its own message', () => {
    expect(page({ endTime: at(4).time })).toEqual(['m4', 'm3']);
  });
});
