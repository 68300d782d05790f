import fc from 'fast-check';
import { mentionFields, WrittenMentions } from '@/packages/chat/mention/written-mentions';
import { mentionsIn } from '@/stores/messages/kinds/mentions';

/** A text with `@Ben ` at its start. */
function withBen(rest = '') {
  const mentions = new WrittenMentions();
  mentions.edit({ text: '@', caret: 1 });
  const { text } = mentions.insert('ben', 'Ben', { start: 0, end: 1 });
  mentions.edit({ text: text + rest, caret: (text + rest).length });
  return mentions;
}

describe('mentions in the composer', () => {
  test('a member is asked for after a typed @, not inside a mail address', () => {
    const mentions = new WrittenMentions();
    expect(mentions.edit({ text: '@', caret: 1 }).isAt).toBe(true);
    expect(mentions.edit({ text: '@ @ ', caret: 4 }).isAt).toBe(false);
    mentions.restore('', []);
    expect(mentions.edit({ text: '好@', caret: 2 }).isAt).toBe(true);
    expect(mentions.edit({ text: '好@ben@x', caret: 8 }).isAt).toBe(false);
    mentions.restore('a', []);
    expect(mentions.edit({ text: 'a@', caret: 2 }).isAt).toBe(false);
    mentions.restore('好', []);
    expect(mentions.edit({ text: '好@', caret: 2 }).isAt).toBe(true);
    expect(mentions.edit({ text: '好', caret: 1 }).isAt).toBe(false);
  });

  test('a mention moves with the text before it', () => {
    const mentions = withBen('hi');
    mentions.edit({ text: 'so @Ben hi', caret: 3 });
    expect(mentions.all).toEqual([{ accountId: 'ben', text: '@Ben ', start: 3 }]);
    mentions.edit({ text: 'o @Ben hi', caret: 0 });
    expect(mentions.all[0]?.start).toBe(2);
  });

  test('an @ before a mention does not break the mention', () => {
    const mentions = withBen();
    expect(mentions.edit({ text: '@@Ben ', caret: 1 })).toEqual({
      text: '@@Ben ',
      caret: 1,
      isAt: true,
    });
    expect(mentions.all[0]?.start).toBe(1);
  });

  test.each([
    ['its space', '@Benhi', 4],
    ['a letter inside', '@Bn hi', 2],
    ['its @', 'Ben hi', 0],
  ])('a deletion of %s deletes the whole mention', (_what, text, caret) => {
    const mentions = withBen('hi');
    expect(mentions.edit({ text, caret })).toEqual({ text: 'hi', caret: 0, isAt: false });
    expect(mentions.all).toEqual([]);
  });

  test('a text written into a mention stays, the mention goes', () => {
    const mentions = withBen('hi');
    expect(mentions.edit({ text: '@BeXn hi', caret: 4 })).toMatchObject({ text: 'Xhi', caret: 1 });
    expect(mentions.all).toEqual([]);
  });

  test('a deletion over two mentions deletes both, and a third moves', () => {
    const mentions = new WrittenMentions();
    mentions.insert('a', 'A', { start: 0, end: 0 });
    mentions.insert('b', 'B', { start: 3, end: 3 });
    mentions.insert('c', 'C', { start: 6, end: 6 });
    // "@A @B @C " without "A @"
    expect(mentions.edit({ text: '@B @C ', caret: 1 })).toEqual({
      text: '@C ',
      caret: 0,
      isAt: false,
    });
    expect(mentions.all).toEqual([{ accountId: 'c', text: '@C ', start: 0 }]);
  });

  test('a restored mention counts only where the text has it', () => {
    const mentions = new WrittenMentions();
    const ben = { accountId: 'ben', text: '@Ben ', start: 0 };
    mentions.restore('@Ben hi', [ben, { ...ben, start: 2 }]);
    expect(mentions.all).toEqual([ben]);
  });

  test('every mention stands in the text after any edits', () => {
    const edit = fc.record({
      at: fc.nat(40),
      removed: fc.nat(6),
      written: fc.constantFrom('', 'a', '@', ' ', '@A', 'Ben'),
      name: fc.constantFrom('', 'A', 'Ben', 'a a'),
    });
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 30 }), (edits) => {
        const mentions = new WrittenMentions();
        let text = '';
        for (const { at, removed, written, name } of edits) {
          const start = Math.min(at, text.length);
          const end = Math.min(start + removed, text.length);
          if (name) text = mentions.insert(`id ${name}`, name, { start, end }).text;
          else
            text = mentions.edit({
              text: text.slice(0, start) + written + text.slice(end),
              caret: start + written.length,
            }).text;
          let done = 0;
          for (const one of mentions.all) {
            expect(text.startsWith(one.text, one.start)).toBe(true);
            expect(one.start).toBeGreaterThanOrEqual(done);
            done = one.start + one.text.length;
          }
        }
      }),
      { seed: 20261127, numRuns: 500 },
    );
  });
});

describe('the extension of a message with mentions', () => {
  test('has the form of the kits, and is read back at its places', () => {
    const mentions = new WrittenMentions();
    mentions.edit({ text: '  hi ', caret: 5 });
    mentions.insert('ben', '本', { start: 5, end: 5 });
    mentions.insert('ait_all', '所有人', { start: 8, end: 8 });
    const { text } = mentions.insert('ben', '本', { start: 13, end: 13 });
    const fields = mentionFields(text, mentions.all);
    expect(fields?.text).toBe('hi @本 @所有人 @本 ');
    expect(JSON.parse(fields?.serverExtension ?? '')).toEqual({
      yxAitMsg: {
        ben: {
          text: '@本 ',
          segments: [
            { start: 3, end: 5, broken: false },
            { start: 11, end: 13, broken: false },
          ],
        },
        ait_all: { text: '@所有人 ', segments: [{ start: 6, end: 10, broken: false }] },
      },
    });
    expect(fields?.accountIds).toEqual(['ben', 'ait_all']);
    expect(mentionsIn(fields?.text ?? '', fields?.serverExtension)).toEqual([
      { accountId: 'ben', start: 3, end: 5 },
      { accountId: 'ait_all', start: 6, end: 10 },
      { accountId: 'ben', start: 11, end: 13 },
    ]);
  });

  test('is missing without mentions', () => {
    expect(mentionFields('hi', [])).toBeNull();
  });
});
