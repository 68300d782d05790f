import { UndoDelete } from '@/packages/chat/undo-delete';
import { FakeClock } from '../unit/fakes/fake-clock';
import { type Client, rowsOf, textsOf, useWorld, waitFor } from '../harness';

const world = useWorld();
const deletions = () =>
  world.emulator.world.mailbox('anna').deletions.map(({ message }) => message.messageServerId);

/** Anna with two clients and Ben, with three texts of Ben, and the deletion of the chat's page. */
async function stage() {
  for (const text of ['one', 'two', 'three'])
    world.emulator.world.sendMessage({ from: 'ben', to: 'anna', text });
  const anna = await world.online('anna');
  const tablet = await (await world.online('anna')).chatWith('ben');
  const ben = await (await world.online('ben')).chatWith('anna');
  const chat = await anna.chatWith('ben');
  const clock = new FakeClock();
  const removals: Promise<void>[] = [];
  const undo = new UndoDelete(clock, (rows) => {
    const removal = chat.remove(...rows);
    removals.push(removal);
    return removal.catch(() => undefined);
  });
  const shown = () =>
    rowsOf(chat)
      .filter(({ messageClientId }) => !undo.hides(messageClientId))
      .map(({ text }) => text);
  const row = (text: string) => {
    const found = rowsOf(chat).find((one) => one.text === text);
    if (!found) throw new Error(`no ${text}`);
    return found;
  };
  return { anna, tablet, ben, chat, clock, undo, shown, row, removals };
}

test('messages are deleted on the server 5 s later, for this account on both clients', async () => {
  const { tablet, ben, chat, clock, undo, shown, row } = await stage();
  undo.begin([row('one'), row('two')]);
  expect(shown()).toEqual(['three']);
  await clock.advance(4999);
  expect(deletions()).toEqual([]);
  expect(textsOf(tablet)).toEqual(['one', 'two', 'three']);
  await clock.advance(1);
  await waitFor(() => textsOf(tablet).length === 1, { what: 'the deletion on the tablet' });
  await waitFor(() => textsOf(chat).length === 1, { what: 'the deletion here' });
  expect(shown()).toEqual(['three']);
  expect(textsOf(ben)).toEqual(['one', 'two', 'three']);
});

test('undone, nothing was sent and the messages are back', async () => {
  const { tablet, clock, undo, shown, row } = await stage();
  undo.begin([row('two')]);
  undo.undo();
  await clock.advance(10_000);
  expect(shown()).toEqual(['one', 'two', 'three']);
  expect(textsOf(tablet)).toEqual(['one', 'two', 'three']);
  expect(world.emulator.log.requestsOf('30_23')).toBe(0);
});

test('a refused deletion brings the messages back', async () => {
  const { undo, shown, row, removals } = await stage();
  world.emulator.faults.add({ kind: 'command', command: '30_23', code: 416, times: 1 });
  undo.begin([row('two')]);
  undo.commit();
  await expect(removals[0]).rejects.toMatchObject({ code: 416 });
  await waitFor(() => shown().length === 3, { what: 'the message' });
});

test('an app that is killed meanwhile has deleted nothing', async () => {
  const { anna, undo, row } = await stage();
  undo.begin([row('two')]);
  await anna.dispose();
  const next: Client = await world.online('anna');
  expect(textsOf(await next.chatWith('ben'))).toEqual(['one', 'two', 'three']);
  expect(deletions()).toEqual([]);
});
