import { UNDO_MS, UndoDelete } from '@/packages/chat/undo-delete';
import type { MessageRow } from '@/stores';
import { FakeClock, settle } from '../fakes/fake-clock';

const row = (messageClientId: string) => ({ messageClientId }) as MessageRow;
const [a, b, c] = ['a', 'b', 'c'].map(row) as [MessageRow, MessageRow, MessageRow];

function stage() {
  const clock = new FakeClock();
  const requests: string[] = [];
  const answers: (() => void)[] = [];
  const undo = new UndoDelete(clock, (rows) => {
    requests.push(rows.map(({ messageClientId }) => messageClientId).join());
    return new Promise((resolve) => answers.push(resolve));
  });
  const hidden = () => [a, b, c].filter((one) => undo.hides(one.messageClientId)).length;
  return { clock, requests, answers, undo, hidden };
}

test('messages leave the screen at once, and the request is sent 5 s later', async () => {
  const { clock, requests, answers, undo, hidden } = stage();
  undo.begin([a, b]);
  expect(hidden()).toBe(2);
  await clock.advance(UNDO_MS - 1);
  expect(requests).toEqual([]);
  expect(undo.pending).not.toBeNull();
  await clock.advance(1);
  expect(requests).toEqual(['a,b']);
  expect(undo.pending).toBeNull();
  // Hidden until the answer.
  expect(hidden()).toBe(2);
  answers[0]?.();
  await settle();
  expect(hidden()).toBe(0);
});

test('an undone deletion brings the messages back and sends nothing', async () => {
  const { clock, requests, undo, hidden } = stage();
  undo.begin([a]);
  await clock.advance(UNDO_MS - 1);
  undo.undo();
  expect(hidden()).toBe(0);
  expect(undo.pending).toBeNull();
  await clock.advance(UNDO_MS);
  undo.commit();
  expect(requests).toEqual([]);
});

test('leaving sends the request at once, and once', async () => {
  const { clock, requests, undo } = stage();
  undo.begin([a]);
  undo.commit();
  undo.commit();
  undo.undo();
  await clock.advance(UNDO_MS);
  expect(requests).toEqual(['a']);
});

test('a second deletion sends the request of the first and has 5 s of its own', async () => {
  const { clock, requests, undo, hidden } = stage();
  undo.begin([a]);
  const first = undo.pending?.number;
  await clock.advance(UNDO_MS - 1);
  undo.begin([b]);
  expect(undo.pending?.number).not.toBe(first);
  expect(requests).toEqual(['a']);
  await clock.advance(UNDO_MS - 1);
  expect(requests).toEqual(['a']);
  undo.undo();
  expect(hidden()).toBe(1);
  await clock.advance(UNDO_MS);
  expect(requests).toEqual(['a']);
});
