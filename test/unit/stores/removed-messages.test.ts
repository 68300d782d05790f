import { RemovedMessages } from '@/stores/removed-messages';
import { message } from './fakes/builders';

const CONVERSATION = 'me|1|peer';

describe('RemovedMessages', () => {
  test('a deleted message is removed whenever it comes, its neighbour is not', () => {
    const removed = new RemovedMessages();
    const [gone, kept] = [message(), message()];
    removed.addDeleted(gone.messageClientId);
    expect(removed.isRemoved(gone, CONVERSATION)).toBe(true);
    expect(removed.isRemoved(kept, CONVERSATION)).toBe(false);
  });

  test('a cleared history is removed up to its time, in its own conversation only', () => {
    const removed = new RemovedMessages();
    removed.addCleared(CONVERSATION, 1000);
    removed.addCleared(CONVERSATION, 500);
    const at = (createTime: number) => message({ createTime });
    expect(removed.isRemoved(at(1000), CONVERSATION)).toBe(true);
    expect(removed.isRemoved(at(1001), CONVERSATION)).toBe(false);
    expect(removed.isRemoved(at(1000), 'me|1|other')).toBe(false);
  });

  test('the first recall of a message stands', () => {
    const removed = new RemovedMessages();
    removed.addRecall('a', { accountId: 'peer', at: 1 });
    removed.addRecall('a', { accountId: 'me', at: 2 });
    expect(removed.recallOf('a')).toEqual({ accountId: 'peer', at: 1 });
    expect(removed.recallOf('b')).toBeNull();
  });

  test('the latest change of a message wins over an older version, in whatever order they come', () => {
    const removed = new RemovedMessages<ReturnType<typeof message>>();
    const old = message({ text: 'old' });
    const changed = { ...old, text: 'changed', modifyTime: 20 };
    removed.addChanged(changed);
    removed.addChanged({ ...old, text: 'between', modifyTime: 10 });
    expect(removed.newestOf(old)).toBe(changed);
    const newest = { ...old, text: 'newest', modifyTime: 30 };
    expect(removed.newestOf(newest)).toBe(newest);
  });

  test('is bounded: the oldest ids go first', () => {
    const removed = new RemovedMessages();
    for (let i = 0; i <= 2000; i++) removed.addDeleted(`id ${i}`);
    const named = (messageClientId: string) => ({ messageClientId, createTime: 1 });
    expect(removed.isRemoved(named('id 0'), CONVERSATION)).toBe(false);
    expect(removed.isRemoved(named('id 1'), CONVERSATION)).toBe(true);
  });
});
