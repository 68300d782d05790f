import { runInAction } from 'mobx';
import { RoomContent } from '@/packages/chatroom/stores/room-content';
import { type RoomEntry, unsentRoomEntry } from '@/packages/chatroom/stores/room-entry';
import { PAGE_ROWS } from '@/packages/chatroom/stores/room-window';
import { ME, said } from './fakes/fake-room';

function create() {
  const content = new RoomContent(ME, () => false);
  const texts = () => content.window.all().map(({ text }) => text);
  const others = (...all: string[]) => all.map((text) => content.entryOf(said(text)));
  /** The server has it after all known messages. */
  const acknowledge = (entry: RoomEntry) => {
    entry.message = { ...entry.message, createTime: said('').createTime };
    entry.createTime = entry.message.createTime;
    entry.messageServerId = content.order.next();
    entry.status = 'sent';
    content.change(entry);
  };
  const mine = (text: string) => unsentRoomEntry(said(text, { senderId: ME }));
  return { content, texts, others, acknowledge, mine };
}

const numbers = (count: number) => Array.from({ length: count }, (_, i) => String(i));

describe('an own message that the server acknowledges', () => {
  it('appears at the end, although the window had moved on past its old place', () => {
    const { content, texts, others, acknowledge, mine } = create();
    const waiting = mine('mine');
    runInAction(() => {
      content.show([waiting]);
      content.keep(others(...numbers(PAGE_ROWS + 5)));
      content.showNewest();
    });
    expect(texts()).not.toContain('mine');
    runInAction(() => acknowledge(waiting));
    expect(texts().slice(-2)).toEqual([String(PAGE_ROWS + 4), 'mine']);
  });

  it('leaves the window with the reader further up, when its place is after the window', () => {
    const { content, texts, others, acknowledge, mine } = create();
    const waiting = mine('mine');
    runInAction(() => {
      content.show([...others('before'), waiting]);
      content.keep(others('held 1', 'held 2'));
      acknowledge(waiting);
    });
    expect(texts()).toEqual(['before']);
    expect(content.showsNewest).toBe(false);
    runInAction(() => content.window.extendNewer());
    expect(texts()).toEqual(['before', 'held 1', 'held 2', 'mine']);
  });
});
