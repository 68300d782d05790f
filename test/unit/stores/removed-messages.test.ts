import { RemovedMessages } from '@/stores/messages/removed-messages';
import { message } from './fakes/builders';

const CONVERSATION = 'me|1|peer';

describe('RemovedMessages', () => {
  test('removes a deleted message at any time of arrival, but not its neighbour', () => {
    const removed = new RemovedMessages();
    const [gone, kept] = [message(), message()];
    removed.addDeleted(gone.messageClientId);
    expect(removed.isRemoved(gone, CONVERSATION)).toBe(true);
    expect(removed.isRemoved(kept, CONVERSATION)).toBe(false);
  });

  test('removes a cleared history up to its time, only in its own conversation', () => {
    const removed = new RemovedMessages();
    removed.addCleared(CONVERSATION, 1000);
    removed.addCleared(CONVERSATION, 500);
    const at = (createTime: number) => message({ createTime });
    expect(removed.isRemoved(at(1000), CONVERSATION)).toBe(true);
    expect(removed.isRemoved(at(1001), CONVERSATION)).toBe(false);
    expect(removed.isRemoved(at(1000), 'me|1|other')).toBe(false);
  });

  test('keeps the first recall of a message', () => {
    const removed = new RemovedMessages();
    removed.addRecall('a', { accountId: 'peer', at: 1 });
    removed.addRecall('a', { accountId: 'me', at: 2 });
    expect(removed.recallOf('a')).toEqual({ accountId: 'peer', at: 1 });
    expect(removed.recallOf('b')).toBeNull();
  });

  test('keeps the latest change of a message in any order of arrival', () => {
    const removed = new RemovedMessages<ReturnType<typeof message>>();
    const old = message({ text: 'old' });
    const changed = { ...old, text: 'changed', modifyTime: 20 };
    removed.addChanged(changed);
    removed.addChanged({ ...old, text: 'between', modifyTime: 10 });
    expect(removed.newestOf(old)).toBe(changed);
    const newest = { ...old, text: 'newest', modifyTime: 30 };
    expect(removed.newestOf(newest)).toBe(newest);
  });

  test('is bounded, and drops the oldest ids first', () => {
    const removed = new RemovedMessages();
    for (let i = 0; i <= 2000; i++) removed.addDeleted(`id ${i}`);
    const named = (messageClientId: string) => ({ messageClientId, createTime: 1 });
    expect(removed.isRemoved(named('id 0'), CONVERSATION)).toBe(false);
    expect(removed.isRemoved(named('id 1'), CONVERSATION)).toBe(true);
  });
});
